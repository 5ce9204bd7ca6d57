<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en_US">
<context>
    <name>AgreementTable</name>
    <message>
        <source>Nobody has decided a part in this shift.</source>
        <translation>Nadie ha decidido ninguna pieza en este turno.</translation>
    </message>
    <message>
        <source>person: {0}</source>
        <translation>persona: {0}</translation>
    </message>
    <message>
        <source>model: {0}</source>
        <translation>modelo: {0}</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>no visto</translation>
    </message>
    <message>
        <source>false alarm</source>
        <translation>falsa alarma</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>no picture</source>
        <translation>sin imagen</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>sin tipo</translation>
    </message>
</context>
<context>
    <name>CalibrationCard</name>
    <message>
        <source>In use until the screen is started again; it could not be kept: {0}</source>
        <translation>Vale hasta que se reinicie esta pantalla; no se pudo guardar: {0}</translation>
    </message>
    <message>
        <source>Kept. Everything has its true size now.</source>
        <translation>Guardado. Ahora todo tiene su tamaño real.</translation>
    </message>
    <message>
        <source>{0} pixels a millimetre</source>
        <translation>{0} píxeles por milímetro</translation>
    </message>
    <message>
        <source>Size of this screen</source>
        <translation>Tamaño de esta pantalla</translation>
    </message>
    <message>
        <source>Hold a bank card against the drawn one. Pull its right edge, or tap minus and plus, until both are equal.</source>
        <translation>Ponga una tarjeta bancaria sobre la dibujada. Arrastre el borde derecho o toque menos y más hasta que sean iguales.</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>más pequeño</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>más grande</translation>
    </message>
    <message>
        <source>It fits</source>
        <translation>Coincide</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
</context>
<context>
    <name>CameraCard</name>
    <message>
        <source>Part {0}, {1}</source>
        <translation>Pieza {0}, {1}</translation>
    </message>
    <message>
        <source>{0}; {1} by {2} pixels, {3}</source>
        <translation>{0}; {1} por {2} píxeles, {3}</translation>
    </message>
    <message>
        <source>Camera {0}, view {1}</source>
        <translation>Cámara {0}, vista {1}</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>No hay imagen.</translation>
    </message>
    <message>
        <source>the camera&apos;s own</source>
        <translation>el de la cámara</translation>
    </message>
    <message>
        <source>set to {0}</source>
        <translation>ajustado: {0}</translation>
    </message>
    <message>
        <source>{0} (set to {1})</source>
        <translation>{0} (ajustado: {1})</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Nitidez</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Brillo</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Contraste</translation>
    </message>
    <message>
        <source>At full scale</source>
        <translation>Saturado</translation>
    </message>
    <message>
        <source>Exposure, µs</source>
        <translation>Exposición, µs</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Ganancia</translation>
    </message>
</context>
<context>
    <name>Captions</name>
    <message>
        <source>in pixels: this recipe does not say how large a pixel is</source>
        <translation>en píxeles: esta receta no dice cuánto mide un píxel</translation>
    </message>
    <message>
        <source>covers nothing</source>
        <translation>no cubre nada</translation>
    </message>
    <message>
        <source>crosses itself</source>
        <translation>se cruza</translation>
    </message>
    <message>
        <source>beyond the picture</source>
        <translation>fuera de la imagen</translation>
    </message>
    <message>
        <source>tiny</source>
        <translation>diminuto</translation>
    </message>
    <message>
        <source>drawn twice</source>
        <translation>repetido</translation>
    </message>
    <message>
        <source>class removed</source>
        <translation>tipo eliminado</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>sin tipo</translation>
    </message>
    <message>
        <source>An outline covers nothing: delete it, or draw it again.</source>
        <translation>Un contorno no cubre nada: bórrelo o dibújelo otra vez.</translation>
    </message>
    <message>
        <source>An outline crosses itself: undo and draw it again, or move its corners.</source>
        <translation>Un contorno se cruza a sí mismo: deshaga y dibújelo otra vez, o mueva sus vértices.</translation>
    </message>
    <message>
        <source>An outline reaches beyond the picture.</source>
        <translation>Un contorno se sale de la imagen.</translation>
    </message>
    <message>
        <source>An outline is smaller than three pixels: was it a slip of the finger?</source>
        <translation>Un contorno mide menos de tres píxeles: ¿fue un descuido?</translation>
    </message>
    <message>
        <source>The same defect is outlined twice: delete one of them.</source>
        <translation>El mismo defecto está contorneado dos veces: borre uno.</translation>
    </message>
    <message>
        <source>“{0}” is no class of this recipe any more. The outline keeps it; tap a chip to give it another.</source>
        <translation>«{0}» ya no es un tipo de esta receta. El contorno lo conserva; toque otro tipo para cambiarlo.</translation>
    </message>
    <message>
        <source>An outline has no class yet.</source>
        <translation>Un contorno aún no tiene tipo.</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Revisar</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Entendido</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>Retirada</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Golden sample</source>
        <translation>Pieza patrón</translation>
    </message>
    <message>
        <source>There is no picture to compare.</source>
        <translation>No hay imagen para comparar.</translation>
    </message>
    <message>
        <source>Laying the golden sample over the part …</source>
        <translation>Superponiendo la pieza patrón …</translation>
    </message>
    <message>
        <source>This part is the golden sample of {0}, view {1}, from now on.</source>
        <translation>Desde ahora, esta pieza es la pieza patrón de {0}, vista {1}.</translation>
    </message>
    <message>
        <source>There is no good part to compare with yet.</source>
        <translation>Aún no hay ninguna pieza buena para comparar.</translation>
    </message>
    <message>
        <source>Golden sample: part {0}</source>
        <translation>Pieza patrón: {0}</translation>
    </message>
    <message>
        <source>chosen by {0}</source>
        <translation>elegida por {0}</translation>
    </message>
    <message>
        <source>the best good part on record</source>
        <translation>la mejor pieza buena registrada</translation>
    </message>
    <message>
        <source>laid over roughly: the part was not found exactly</source>
        <translation>superposición aproximada: no se halló la posición exacta</translation>
    </message>
    <message>
        <source>not laid over: the pictures do not fit each other</source>
        <translation>sin superponer: las imágenes no coinciden</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Compare</source>
        <translation>Comparar</translation>
    </message>
    <message>
        <source>next part, part before</source>
        <translation>pieza siguiente, pieza anterior</translation>
    </message>
    <message>
        <source>another annotator on the first side, on the second</source>
        <translation>otra persona en el primer lado, en el segundo</translation>
    </message>
    <message>
        <source>only the first one&apos;s outlines, only the second one&apos;s; again: both</source>
        <translation>solo los contornos del primero, solo los del segundo; otra vez: ambos</translation>
    </message>
    <message>
        <source>whole part</source>
        <translation>pieza entera</translation>
    </message>
    <message>
        <source>move the picture</source>
        <translation>mover la imagen</translation>
    </message>
    <message>
        <source>Only the first</source>
        <translation>Solo el primero</translation>
    </message>
    <message>
        <source>Only the second</source>
        <translation>Solo el segundo</translation>
    </message>
    <message>
        <source>Another annotator</source>
        <translation>Otra persona</translation>
    </message>
    <message>
        <source>No part is in hand. F1 shows the queue; Enter there takes parts.</source>
        <translation>No hay ninguna pieza en curso. F1 muestra la cola; Enter toma piezas allí.</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>Se está leyendo la pieza …</translation>
    </message>
    <message>
        <source>Others have said something of this part. You see it once you have said what you think.</source>
        <translation>Otros han opinado sobre esta pieza. Lo verá cuando haya dado su opinión.</translation>
    </message>
    <message>
        <source>Only the model has said something of this part.</source>
        <translation>Solo el modelo ha opinado sobre esta pieza.</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>el modelo</translation>
    </message>
    <message>
        <source>outlined nothing</source>
        <translation>sin contornos</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outline(s)</source>
        <translation>
            <numerusform>%Ln contorno</numerusform>
            <numerusform>%Ln contornos</numerusform>
        </translation>
    </message>
    <message>
        <source>the same defect, the same class</source>
        <translation>el mismo defecto, el mismo tipo</translation>
    </message>
    <message>
        <source>the same defect, another class</source>
        <translation>el mismo defecto, otro tipo</translation>
    </message>
    <message>
        <source>only the first</source>
        <translation>solo el primero</translation>
    </message>
    <message>
        <source>only the second</source>
        <translation>solo el segundo</translation>
    </message>
</context>
<context>
    <name>DaysPChart</name>
    <message>
        <source>No parts in this time.</source>
        <translation>Ninguna pieza en este tiempo.</translation>
    </message>
</context>
<context>
    <name>DefectBook</name>
    <message>
        <source>Back to the part</source>
        <translation>Volver a la pieza</translation>
    </message>
    <message>
        <source>Reading the examples …</source>
        <translation>Leyendo los ejemplos …</translation>
    </message>
    <message>
        <source>This is {0}</source>
        <translation>Esto es {0}</translation>
    </message>
    <message>
        <source>Nobody has outlined this class yet.</source>
        <translation>Nadie ha contorneado aún este tipo.</translation>
    </message>
    <message>
        <source>This is not {0}: marked by the model, and called good by a person</source>
        <translation>Esto no es {0}: lo marcó el modelo y una persona lo dio por bueno</translation>
    </message>
    <message>
        <source>No part that the model marked was called good yet.</source>
        <translation>Aún no se ha dado por buena ninguna pieza marcada por el modelo.</translation>
    </message>
    <message>
        <source>Borderline: the station could not decide, a person called it {0}</source>
        <translation>Caso límite: la estación no pudo decidir, una persona lo llamó {0}</translation>
    </message>
    <message>
        <source>Nothing was borderline yet.</source>
        <translation>Aún no hay casos límite.</translation>
    </message>
</context>
<context>
    <name>DeskLink</name>
    <message>
        <source>not connected yet</source>
        <translation>aún sin conexión</translation>
    </message>
</context>
<context>
    <name>DoctorPanel</name>
    <message>
        <source>Looking at cameras, models, disk and ports …</source>
        <translation>Revisando cámaras, modelos, disco y puertos …</translation>
    </message>
    <message>
        <source>The doctor could not work: {0}</source>
        <translation>El diagnóstico no pudo ejecutarse: {0}</translation>
    </message>
    <message>
        <source>Everything is well.</source>
        <translation>Todo está bien.</translation>
    </message>
    <message>
        <source>To mend: {0}. To know: {1}.</source>
        <translation>Por corregir: {0}. Avisos: {1}.</translation>
    </message>
    <message>
        <source>To do: {0}</source>
        <translation>Qué hacer: {0}</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Diagnóstico</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Revisar otra vez</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Camera {camera}: {reason}. Parts are rejected until it is back; it is tried again by itself.</source>
        <translation>Cámara {camera}: {reason}. Las piezas se rechazan hasta que vuelva; se reintenta sola.</translation>
    </message>
    <message>
        <source>Camera {camera}: {reason}. This part is rejected.</source>
        <translation>Cámara {camera}: {reason}. Esta pieza se rechaza.</translation>
    </message>
    <message>
        <source>View {view}: {reason} within the part&apos;s deadline. This part is rejected.</source>
        <translation>Vista {view}: {reason} dentro del plazo de la pieza. Esta pieza se rechaza.</translation>
    </message>
    <message>
        <source>View {view}: its turn came after the part&apos;s deadline. This part is rejected.</source>
        <translation>Vista {view}: le llegó el turno después del plazo de la pieza. Esta pieza se rechaza.</translation>
    </message>
    <message>
        <source>View {view}: the picture is {reason}. This part is rejected.</source>
        <translation>Vista {view}: la imagen está {reason}. Esta pieza se rechaza.</translation>
    </message>
    <message>
        <source>View {view}: the picture could not be stored ({reason}). This part is rejected.</source>
        <translation>Vista {view}: no se pudo guardar la imagen ({reason}). Esta pieza se rechaza.</translation>
    </message>
    <message>
        <source>View {view}: {reason}. This part is rejected.</source>
        <translation>Vista {view}: {reason}. Esta pieza se rechaza.</translation>
    </message>
    <message>
        <source>Judging view {view} failed ({reason}). This part is rejected; see the log.</source>
        <translation>Falló la evaluación de la vista {view} ({reason}). Esta pieza se rechaza; vea el registro.</translation>
    </message>
    <message>
        <source>There is no model {model}. This part is rejected. Learn or deploy one.</source>
        <translation>No hay ningún modelo {model}. Esta pieza se rechaza. Entrene o ponga en uso uno.</translation>
    </message>
    <message>
        <source>Model {model}: {reason}. This part is rejected.</source>
        <translation>Modelo {model}: {reason}. Esta pieza se rechaza.</translation>
    </message>
    <message>
        <source>Model {model} cannot be used: {reason}. Every part is rejected until there is one.</source>
        <translation>El modelo {model} no se puede usar: {reason}. Todas las piezas se rechazan hasta que haya uno.</translation>
    </message>
    <message>
        <source>Nothing can be stored: {reason}. Every part is rejected.</source>
        <translation>No se puede guardar nada: {reason}. Todas las piezas se rechazan.</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>ninguna imagen</translation>
    </message>
    <message>
        <source>no answer from the model</source>
        <translation>ninguna respuesta del modelo</translation>
    </message>
    <message>
        <source>it is not started</source>
        <translation>no está iniciada</translation>
    </message>
    <message>
        <source>it is starting</source>
        <translation>está arrancando</translation>
    </message>
    <message>
        <source>it was stopped</source>
        <translation>se detuvo</translation>
    </message>
    <message>
        <source>it was not ready within {seconds} s</source>
        <translation>no estuvo lista en {seconds} s</translation>
    </message>
    <message>
        <source>its worker gave no sign of life for {seconds} s</source>
        <translation>su proceso no dio señales de vida durante {seconds} s</translation>
    </message>
    <message>
        <source>its worker cannot be started: {reason}</source>
        <translation>su proceso no se puede iniciar: {reason}</translation>
    </message>
    <message>
        <source>camera {camera} is down: {reason}</source>
        <translation>la cámara {camera} no funciona: {reason}</translation>
    </message>
    <message>
        <source>no picture within {seconds} s of the trigger</source>
        <translation>ninguna imagen en {seconds} s tras el disparo</translation>
    </message>
    <message>
        <source>no picture came in time</source>
        <translation>ninguna imagen llegó a tiempo</translation>
    </message>
    <message>
        <source>no frame for {seconds} s; check cable, power and trigger settings</source>
        <translation>ninguna imagen durante {seconds} s; compruebe el cable, la alimentación y el disparo</translation>
    </message>
    <message>
        <source>trigger overrun, not fired: {reason}</source>
        <translation>disparo demasiado pronto, no ejecutado: {reason}</translation>
    </message>
    <message>
        <source>black (brightness {value}, min_brightness {limit}); check the light</source>
        <translation>negra (brillo {value}, min_brightness {limit}); compruebe la luz</translation>
    </message>
    <message>
        <source>over-exposed ({value} of it saturated, max_saturated_share {limit}); check exposure and light</source>
        <translation>sobreexpuesta ({value} de ella saturada, max_saturated_share {limit}); compruebe la exposición y la luz</translation>
    </message>
    <message>
        <source>flat (contrast {value}, min_contrast {limit}); check light and lens</source>
        <translation>sin contraste (contraste {value}, min_contrast {limit}); compruebe la luz y el objetivo</translation>
    </message>
    <message>
        <source>out of focus (sharpness {value}, min_sharpness {limit}); check the lens</source>
        <translation>desenfocada (nitidez {value}, min_sharpness {limit}); compruebe el objetivo</translation>
    </message>
    <message>
        <source>frozen (the one before once more, value by value); check the camera</source>
        <translation>congelada (la anterior otra vez, valor por valor); compruebe la cámara</translation>
    </message>
    <message>
        <source>the picture is {size} pixels, the reference {reference}</source>
        <translation>la imagen tiene {size} píxeles, la referencia {reference}</translation>
    </message>
    <message>
        <source>the model gave no answer</source>
        <translation>el modelo no dio respuesta</translation>
    </message>
    <message>
        <source>the model&apos;s score or threshold is no finite number; check the model</source>
        <translation>el valor o el umbral del modelo no es un número finito; compruebe el modelo</translation>
    </message>
    <message>
        <source>the model outlined a defect without finite figures; check the model</source>
        <translation>el modelo contorneó un defecto sin cifras finitas; compruebe el modelo</translation>
    </message>
    <message>
        <source>threshold low {low} is above high {high}; correct the recipe or the model</source>
        <translation>el umbral inferior {low} supera al superior {high}; corrija la receta o el modelo</translation>
    </message>
    <message>
        <source>the recipe {recipe} has no such view</source>
        <translation>la receta {recipe} no tiene esa vista</translation>
    </message>
    <message>
        <source>{count} pictures where one is needed</source>
        <translation>{count} imágenes donde se necesita una</translation>
    </message>
    <message>
        <source>{count} more defects are not outlined, so no rule could look at them</source>
        <translation>otros {count} defectos no tienen contorno, así que ninguna regla pudo evaluarlos</translation>
    </message>
    <message>
        <source>{key}: no millimetres are known{where}; calibrate the view, for a person to decide</source>
        <translation>{key}: no se conocen los milímetros{where}; calibre la vista, decide una persona</translation>
    </message>
    <message>
        <source>{defects} near the limit {limit} not measured; for a person to decide</source>
        <translation>{defects} cerca del límite {limit} sin medir; decide una persona</translation>
    </message>
    <message>
        <source>Badge and PIN, or name and password, do not belong together.</source>
        <translation>La tarjeta y el PIN, o el nombre y la contraseña, no corresponden.</translation>
    </message>
    <message>
        <source>Locked after {count} wrong tries, for {minutes} minutes. An administrator can unlock it.</source>
        <translation>Bloqueado {minutes} minutos tras {count} intentos fallidos. Un administrador puede desbloquearlo.</translation>
    </message>
    <message>
        <source>Nobody is logged in; log in first.</source>
        <translation>Nadie ha iniciado sesión; iníciela primero.</translation>
    </message>
    <message>
        <source>The session is over; log in first.</source>
        <translation>La sesión ha terminado; inicie sesión primero.</translation>
    </message>
    <message>
        <source>The role {role} may not do this.</source>
        <translation>Su función no permite hacer esto.</translation>
    </message>
    <message>
        <source>There is no part {part}.</source>
        <translation>No existe esa pieza.</translation>
    </message>
    <message>
        <source>The station</source>
        <translation>La estación</translation>
    </message>
    <message>
        <source>{who} has decided {verdict} meanwhile: look at the part again.</source>
        <translation>Mientras tanto, {who} ha decidido {verdict}: mire la pieza otra vez.</translation>
    </message>
    <message>
        <source>{who} has decided this part; only QA may supersede another person&apos;s verdict.</source>
        <translation>{who} ha decidido esta pieza; solo calidad puede sustituir el veredicto de otra persona.</translation>
    </message>
    <message>
        <source>{who} has annotated this view meanwhile: open the part again and look.</source>
        <translation>Mientras tanto, {who} ha marcado esta vista: abra la pieza otra vez y mírela.</translation>
    </message>
    <message>
        <source>The pictures of this part were removed, and what nobody sees cannot be OK.</source>
        <translation>Las imágenes de esta pieza se eliminaron, y lo que nadie ve no puede ser OK.</translation>
    </message>
    <message>
        <source>View {view} has no picture, and what nobody saw cannot be OK.</source>
        <translation>La vista {view} no tiene imagen, y lo que nadie vio no puede ser OK.</translation>
    </message>
    <message>
        <source>View {view} has no picture, so there is nothing to outline.</source>
        <translation>La vista {view} no tiene imagen, así que no hay nada que contornear.</translation>
    </message>
    <message>
        <source>The picture of view {view} was removed, so there is nothing to outline.</source>
        <translation>La imagen de la vista {view} se eliminó, así que no hay nada que contornear.</translation>
    </message>
    <message>
        <source>{who} has this part at present.</source>
        <translation>{who} tiene ahora esta pieza.</translation>
    </message>
    <message>
        <source>This part is reviewed already.</source>
        <translation>Esta pieza ya está revisada.</translation>
    </message>
    <message>
        <source>This part is not decided yet: say OK or NG.</source>
        <translation>Esta pieza aún no está decidida: diga OK o NG.</translation>
    </message>
    <message>
        <source>This part waits for better labels: annotate it first.</source>
        <translation>Esta pieza espera mejores contornos: anótela primero.</translation>
    </message>
    <message>
        <source>You have reviewed this part: the next word is somebody else&apos;s.</source>
        <translation>Usted ya revisó esta pieza: ahora le toca a otra persona.</translation>
    </message>
    <message>
        <source>The reviewers of this part differ: it must be adjudicated.</source>
        <translation>Los revisores de esta pieza discrepan: hay que arbitrarla.</translation>
    </message>
    <message>
        <source>The reviewers of this part do not differ, or not any more.</source>
        <translation>Los revisores de esta pieza no discrepan, o ya no.</translation>
    </message>
    <message>
        <source>You are one of those who differ on this part: somebody else must decide.</source>
        <translation>Usted es uno de los que discrepan: debe decidir otra persona.</translation>
    </message>
    <message>
        <source>{who} is not among the adjudicators.</source>
        <translation>{who} no está entre los árbitros.</translation>
    </message>
    <message>
        <source>There is no word of yours to take back, or not the last one.</source>
        <translation>No hay nada suyo que retirar, o no es lo último.</translation>
    </message>
    <message>
        <source>Somebody has worked on this part since: review it again instead.</source>
        <translation>Alguien ha trabajado en esta pieza desde entonces: revísela de nuevo.</translation>
    </message>
    <message>
        <source>There is no such change of class of yours to take back.</source>
        <translation>No hay tal cambio de clase suyo que retirar.</translation>
    </message>
    <message>
        <source>The part has no picture, or nothing with another class.</source>
        <translation>La pieza no tiene imagen, o nada de otra clase.</translation>
    </message>
    <message>
        <source>Review this part first: a known answer is one that stands.</source>
        <translation>Revise primero esta pieza: una respuesta conocida debe ser firme.</translation>
    </message>
    <message>
        <source>Nothing can be stored at present. Nothing was changed; try again.</source>
        <translation>Ahora no se puede guardar nada. No se ha cambiado nada; inténtelo otra vez.</translation>
    </message>
    <message>
        <source>It could not be stored: {reason}.</source>
        <translation>No se pudo guardar: {reason}.</translation>
    </message>
    <message>
        <source>No part can be taken now: {reason}.</source>
        <translation>Ahora no se puede tomar ninguna pieza: {reason}.</translation>
    </message>
    <message>
        <source>too many parts are open already</source>
        <translation>ya hay demasiadas piezas abiertas</translation>
    </message>
    <message>
        <source>There is no recipe {recipe}; there are: {recipes}.</source>
        <translation>No hay ninguna receta {recipe}; hay: {recipes}.</translation>
    </message>
    <message>
        <source>No line runs here: start the station first.</source>
        <translation>Aquí no funciona ninguna línea: inicie primero la estación.</translation>
    </message>
    <message>
        <source>The engine failed at this; its log says at what.</source>
        <translation>El programa de inspección falló en esto; su registro dice en qué.</translation>
    </message>
    <message>
        <source>{count} requests wait for the engine already; try again when it answers.</source>
        <translation>Ya esperan {count} peticiones al programa de inspección; inténtelo otra vez cuando responda.</translation>
    </message>
    <message>
        <source>the engine ended</source>
        <translation>el programa de inspección terminó</translation>
    </message>
    <message>
        <source>the engine has said nothing for {seconds} s</source>
        <translation>el programa de inspección lleva {seconds} s sin responder</translation>
    </message>
    <message>
        <source>the engine is of another version; update this program and the engine together</source>
        <translation>el programa de inspección es de otra versión; actualice ambos a la vez</translation>
    </message>
    <message>
        <source>no engine answers in {folder} ({error})</source>
        <translation>ningún programa de inspección responde en {folder} ({error})</translation>
    </message>
</context>
<context>
    <name>EngineerPage</name>
    <message>
        <source>Engineer</source>
        <translation>Técnica</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Cámaras</translation>
    </message>
    <message>
        <source>Recipe and line</source>
        <translation>Receta y línea</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelos</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Diagnóstico</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zonas</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>part</source>
        <translation>pieza</translation>
    </message>
    <message>
        <source>{0} · OK below {1}, NG from {2}</source>
        <translation>{0} · OK bajo {1}, NG desde {2}</translation>
    </message>
    <message>
        <source>score</source>
        <translation>valor</translation>
    </message>
    <message>
        <source>places found</source>
        <translation>hallazgos</translation>
    </message>
    <message>
        <source>model</source>
        <translation>modelo</translation>
    </message>
    <message>
        <source>view</source>
        <translation>vista</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Figures</source>
        <translation>Indicadores</translation>
    </message>
    <message>
        <source>one day, seven days, thirty days</source>
        <translation>un día, siete días, treinta días</translation>
    </message>
    <message>
        <source>Working them out …</source>
        <translation>Calculando …</translation>
    </message>
    <message>
        <source>The figures cannot be read.</source>
        <translation>No se pueden leer los indicadores.</translation>
    </message>
    <message>
        <source>{0} parts: {1} OK, {2} NG, {3} not decidable.</source>
        <translation>{0} piezas: {1} OK, {2} NG, {3} no decidibles.</translation>
    </message>
    <message>
        <source>{0} parts whose answer is known, {1} of them bad. Intervals of 95 %.</source>
        <translation>{0} piezas de respuesta conocida, {1} de ellas malas. Intervalos del 95 %.</translation>
    </message>
    <message>
        <source>Against the reference</source>
        <translation>Frente a la referencia</translation>
    </message>
    <message>
        <source>Agreement beyond chance</source>
        <translation>Acuerdo más allá del azar</translation>
    </message>
    <message>
        <source>1 is full, 0 what chance gives.</source>
        <translation>1 es total, 0 lo que da el azar.</translation>
    </message>
    <message>
        <source>The Western Electric rules find nothing.</source>
        <translation>Las reglas de Western Electric no encuentran nada.</translation>
    </message>
    <message>
        <source>Points at which the Western Electric rules find more than chance: {0}.</source>
        <translation>Puntos en que las reglas de Western Electric ven más que azar: {0}.</translation>
    </message>
    <message>
        <source>Rejected parts</source>
        <translation>Piezas rechazadas</translation>
    </message>
    <message>
        <source>Fleiss&apos; kappa: {0}</source>
        <translation>Kappa de Fleiss: {0}</translation>
    </message>
    <message>
        <source>Gwet&apos;s AC1: {0}</source>
        <translation>AC1 de Gwet: {0}</translation>
    </message>
    <message>
        <source>Krippendorff&apos;s alpha: {0}</source>
        <translation>Alfa de Krippendorff: {0}</translation>
    </message>
    <message>
        <source>With themselves: {0}</source>
        <translation>Consigo mismos: {0}</translation>
    </message>
    <message>
        <source>Of two, Cohen&apos;s kappa:</source>
        <translation>De dos en dos, kappa de Cohen:</translation>
    </message>
    <message>
        <source>{0} more: see `station report`.</source>
        <translation>{0} más: vea `station report`.</translation>
    </message>
    <message>
        <source>not enough data</source>
        <translation>datos insuficientes</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bueno</translation>
    </message>
    <message>
        <source>marginal</source>
        <translation>marginal</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>malo</translation>
    </message>
    <message>
        <source>{0}, {1} (all alike)</source>
        <translation>{0}, {1} (todas iguales)</translation>
    </message>
    <message>
        <source>{0} ({1} to {2}), {3}</source>
        <translation>{0} ({1} a {2}), {3}</translation>
    </message>
    <message>
        <source>Escapes: not enough data, QA audited {0} of {1} passed parts.</source>
        <translation>Fugas: datos insuficientes, calidad auditó {0} de {1} piezas aprobadas.</translation>
    </message>
    <message>
        <source>Escapes: {0} ({1} to {2}) of {3} passed parts; {4} bad ones among {5} audited.</source>
        <translation>Fugas: {0} ({1} a {2}) de {3} piezas aprobadas; {4} malas entre {5} auditadas.</translation>
    </message>
    <message>
        <source>Drift of scores: not enough data.</source>
        <translation>Deriva de valores: datos insuficientes.</translation>
    </message>
    <message>
        <source>no change beyond chance</source>
        <translation>sin cambio más allá del azar</translation>
    </message>
    <message>
        <source>some change: look at pictures and light</source>
        <translation>algún cambio: revise imágenes y luz</translation>
    </message>
    <message>
        <source>another population: look before you trust the thresholds</source>
        <translation>otra población: revise antes de fiarse de los umbrales</translation>
    </message>
    <message>
        <source>Drift of {0}: PSI {1}, KS {2}, {3}.</source>
        <translation>Deriva de {0}: PSI {1}, KS {2}, {3}.</translation>
    </message>
    <message>
        <source>Nobody decided or outlined anything.</source>
        <translation>Nadie ha decidido ni contorneado nada.</translation>
    </message>
    <message>
        <source>pace not known</source>
        <translation>ritmo desconocido</translation>
    </message>
    <message>
        <source>{0} an hour</source>
        <translation>{0} por hora</translation>
    </message>
    <message>
        <source>{0}: {1} verdicts, {2} outlined views, {3}; {4} of {5} upheld by QA</source>
        <translation>{0}: {1} veredictos, {2} vistas contorneadas, {3}; {4} de {5} confirmados por calidad</translation>
    </message>
    <message>
        <source>Figures of quality</source>
        <translation>Indicadores de calidad</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 día</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 días</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 días</translation>
    </message>
    <message>
        <source>NG parts by class</source>
        <translation>Piezas NG por tipo</translation>
    </message>
    <message>
        <source>Escapes and drift</source>
        <translation>Fugas y deriva</translation>
    </message>
    <message>
        <source>People&apos;s work</source>
        <translation>Trabajo de las personas</translation>
    </message>
    <message>
        <source>On the right: their share, all above included.</source>
        <translation>A la derecha: su parte, con las de arriba.</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>open</source>
        <translation>pendiente</translation>
    </message>
    <message>
        <source>since {0}</source>
        <translation>desde {0}</translation>
    </message>
    <message numerus="yes">
        <source>last %n hour(s)</source>
        <translation>
            <numerusform>última %n hora</numerusform>
            <numerusform>últimas %n horas</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last %n day(s)</source>
        <translation>
            <numerusform>último %n día</numerusform>
            <numerusform>últimos %n días</numerusform>
        </translation>
    </message>
    <message>
        <source>any</source>
        <translation>todos</translation>
    </message>
    <message>
        <source>Here because</source>
        <translation>Motivo</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Etapa</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Veredicto</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Tipo</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tiempo</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Turno</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Receta</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Cámara</translation>
    </message>
    <message>
        <source>Lot: the id begins with</source>
        <translation>Lote: el id empieza por</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Persona</translation>
    </message>
    <message>
        <source>Model, as name/version</source>
        <translation>Modelo: nombre/versión</translation>
    </message>
    <message>
        <source>Score from</source>
        <translation>Valor desde</translation>
    </message>
    <message>
        <source>Score to</source>
        <translation>Valor hasta</translation>
    </message>
    <message>
        <source>Size from, pixels</source>
        <translation>Tamaño desde, px</translation>
    </message>
    <message>
        <source>Size to, pixels</source>
        <translation>Tamaño hasta, px</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>Grid</source>
        <translation>Cuadrícula</translation>
    </message>
    <message>
        <source>go through the cells; beyond the last one the page turns</source>
        <translation>recorrer las casillas; tras la última se pasa la página</translation>
    </message>
    <message>
        <source>select the cell, or do not any more</source>
        <translation>seleccionar la casilla, o dejar de hacerlo</translation>
    </message>
    <message>
        <source>select on the way</source>
        <translation>seleccionar al pasar</translation>
    </message>
    <message>
        <source>select the page; select nothing</source>
        <translation>seleccionar la página; no seleccionar nada</translation>
    </message>
    <message>
        <source>this class for all that is selected, else for the cell under the cursor</source>
        <translation>este tipo para todo lo seleccionado; si no, para la casilla actual</translation>
    </message>
    <message>
        <source>the other classes, where there are more than are shown</source>
        <translation>los otros tipos, si hay más de los que se ven</translation>
    </message>
    <message>
        <source>take the last change of classes back, all of it</source>
        <translation>deshacer por completo el último cambio de tipos</translation>
    </message>
    <message>
        <source>page before, next page, first page</source>
        <translation>página anterior, siguiente, primera</translation>
    </message>
    <message>
        <source>see the part large</source>
        <translation>ver la pieza en grande</translation>
    </message>
    <message>
        <source>outlines</source>
        <translation>contornos</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Todas</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguna</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Anterior</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Siguiente</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Grande</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Contornos</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>The pictures cannot be read.</source>
        <translation>No se pueden leer las imágenes.</translation>
    </message>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>Sin programa de inspección: no se puede guardar nada.</translation>
    </message>
    <message>
        <source>Log in to review.</source>
        <translation>Inicie sesión para revisar.</translation>
    </message>
    <message>
        <source>Your role does not review: QA and administrators do.</source>
        <translation>Su función no revisa: lo hacen calidad y los administradores.</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>Guardando …</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s): {0} · saved</source>
        <translation>
            <numerusform>%n pieza: {0} · guardado</numerusform>
            <numerusform>%n piezas: {0} · guardado</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) taken back · saved</source>
        <translation>
            <numerusform>%n pieza deshecha · guardado</numerusform>
            <numerusform>%n piezas deshechas · guardado</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) not: {0}</source>
        <translation>
            <numerusform>%n pieza no: {0}</numerusform>
            <numerusform>%n piezas no: {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the queue …</source>
        <translation>Leyendo la cola …</translation>
    </message>
    <message>
        <source>Nothing waits here.</source>
        <translation>Aquí no espera nada.</translation>
    </message>
    <message>
        <source>page {0} of {1}</source>
        <translation>página {0} de {1}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln seleccionada</numerusform>
            <numerusform>%Ln seleccionadas</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspect</name>
    <message>
        <source>Your decision · {0} s</source>
        <translation>Decida usted · {0} s</translation>
    </message>
    <message>
        <source>The part waits for you. After that the PLC is told “not decidable” and rejects it.</source>
        <translation>La pieza le espera. Después, el PLC recibe «no decidible» y la rechaza.</translation>
    </message>
    <message>
        <source>The next part is shown as soon as it is judged.</source>
        <translation>La próxima pieza aparece en cuanto esté evaluada.</translation>
    </message>
    <message>
        <source>Also waiting for you: {0}</source>
        <translation>También le esperan: {0}</translation>
    </message>
    <message>
        <source>The model is sure: {0}</source>
        <translation>El modelo está seguro: {0}</translation>
    </message>
    <message>
        <source>Tap {0} once more if you are sure too.</source>
        <translation>Toque {0} otra vez si usted también está seguro.</translation>
    </message>
    <message>
        <source>Fetch back: {0}</source>
        <translation>Retirar: {0}</translation>
    </message>
    <message>
        <source>It passed the gate before it was called NG. Take it off the line.</source>
        <translation>Pasó la compuerta antes de ser NG. Retírela de la línea.</translation>
    </message>
    <message>
        <source>Back to the line</source>
        <translation>Volver a la línea</translation>
    </message>
    <message>
        <source>Back to the line · {0} newer</source>
        <translation>Volver a la línea · {0} más</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Inspect</source>
        <translation>Inspección</translation>
    </message>
    <message>
        <source>Part {0}: nobody decided in time</source>
        <translation>Pieza {0}: nadie decidió a tiempo</translation>
    </message>
    <message>
        <source>The PLC was told “not decidable”, so it rejects the part. A verdict now changes the records only.</source>
        <translation>El PLC recibió «no decidible» y rechaza la pieza. Una decisión ahora solo cambia el registro.</translation>
    </message>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>Sin programa de inspección: no se puede guardar nada.</translation>
    </message>
    <message>
        <source>Scan your badge to decide.</source>
        <translation>Escanee su tarjeta para decidir.</translation>
    </message>
    <message>
        <source>Your role does not decide parts.</source>
        <translation>Su función no decide piezas.</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>Guardando …</translation>
    </message>
    <message>
        <source>This part cannot be read.</source>
        <translation>No se puede leer esta pieza.</translation>
    </message>
    <message>
        <source>No part to decide.</source>
        <translation>No hay pieza que decidir.</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>Se está leyendo la pieza …</translation>
    </message>
    <message>
        <source>A picture is missing: this part cannot be decided.</source>
        <translation>Falta una imagen: no se puede decidir esta pieza.</translation>
    </message>
    <message>
        <source>{0}: {1} again · saved</source>
        <translation>{0}: otra vez {1} · guardado</translation>
    </message>
    <message>
        <source>{0}: {1} saved · undo</source>
        <translation>{0}: {1} guardado · deshacer</translation>
    </message>
    <message>
        <source>{0} stands until you decide again</source>
        <translation>{0} vale hasta que decida otra vez</translation>
    </message>
    <message>
        <source>It is saved. The other button supersedes it.</source>
        <translation>Está guardado. El otro botón lo sustituye.</translation>
    </message>
    <message>
        <source>{0} decided part {1} a moment ago. Look at it again.</source>
        <translation>{0} acaba de decidir la pieza {1}. Mírela otra vez.</translation>
    </message>
</context>
<context>
    <name>KeptBand</name>
    <message>
        <source>Open</source>
        <translation>Abrir</translation>
    </message>
    <message>
        <source> · {0} more</source>
        <translation> · {0} más</translation>
    </message>
    <message>
        <source>What was drawn before the screen stopped is here again. It is not with the engine yet.</source>
        <translation>Lo dibujado antes de la interrupción está aquí. El programa de inspección aún no lo tiene.</translation>
    </message>
    <message>
        <source>Recovered: part {0}</source>
        <translation>Recuperado: pieza {0}</translation>
    </message>
    <message>
        <source>The outlines are on this screen&apos;s disk only. Open the part to send them.</source>
        <translation>Los contornos están solo en este equipo. Abra la pieza para enviarlos.</translation>
    </message>
    <message>
        <source>Not saved: outlines of part {0}</source>
        <translation>Sin guardar: contornos de la pieza {0}</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Keys · {0}</source>
        <translation>Teclas · {0}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
</context>
<context>
    <name>KnownChart</name>
    <message>
        <source>Nobody judged a part whose answer is known.</source>
        <translation>Nadie ha juzgado una pieza de respuesta conocida.</translation>
    </message>
    <message>
        <source>Missed bad parts</source>
        <translation>Piezas malas no vistas</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>Falsas alarmas</translation>
    </message>
    <message>
        <source>{0} more: see `station report`.</source>
        <translation>{0} más: vea `station report`.</translation>
    </message>
    <message>
        <source>{0} of {1}: not enough data</source>
        <translation>{0} de {1}: datos insuficientes</translation>
    </message>
    <message>
        <source>{0} ({1} to {2}), {3}</source>
        <translation>{0} ({1} a {2}), {3}</translation>
    </message>
    <message>
        <source>good</source>
        <translation>bueno</translation>
    </message>
    <message>
        <source>marginal</source>
        <translation>marginal</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>malo</translation>
    </message>
</context>
<context>
    <name>LearnCard</name>
    <message>
        <source>Starting …</source>
        <translation>Empezando …</translation>
    </message>
    <message>
        <source>Ending …</source>
        <translation>Terminando …</translation>
    </message>
    <message>
        <source>Cancelled; nothing was deployed.</source>
        <translation>Cancelado; no se puso nada en uso.</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>No ha funcionado: {0}</translation>
    </message>
    <message>
        <source>Learning needs the station&apos;s configuration: start the screen with --config.</source>
        <translation>Para aprender hace falta la configuración de la estación: inicie la pantalla con --config.</translation>
    </message>
    <message>
        <source>The engine holds cameras and journal. Stop it to learn: this page stays, and so does your login.</source>
        <translation>El programa de inspección ocupa las cámaras y el diario. Deténgalo para aprender: esta página y su sesión siguen.</translation>
    </message>
    <message>
        <source>Put good parts before the cameras. What is learned is deployed at once, and each picture is kept as a good one.</source>
        <translation>Ponga piezas buenas ante las cámaras. Lo aprendido se usa de inmediato y cada imagen se guarda como buena.</translation>
    </message>
    <message>
        <source>Learn the good part</source>
        <translation>Aprender la pieza buena</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Aprender</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
</context>
<context>
    <name>LineCard</name>
    <message>
        <source>Pausing …</source>
        <translation>Pausando …</translation>
    </message>
    <message>
        <source>Going on …</source>
        <translation>Reanudando …</translation>
    </message>
    <message>
        <source>A pause takes no more parts; the PLC sees the station offline. Parts in hand are finished.</source>
        <translation>En pausa no se aceptan piezas; el PLC ve la estación fuera de línea. Las piezas en curso se terminan.</translation>
    </message>
    <message>
        <source>No parts are taken until somebody goes on, also after a restart.</source>
        <translation>No se aceptan piezas hasta que alguien reanude, tampoco tras un reinicio.</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Línea</translation>
    </message>
    <message>
        <source>Cleaning</source>
        <translation>Limpieza</translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation>Preparación</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>Mantenimiento</translation>
    </message>
    <message>
        <source>No material</source>
        <translation>Sin material</translation>
    </message>
    <message>
        <source>Pause the line</source>
        <translation>Pausar la línea</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Reanudar</translation>
    </message>
</context>
<context>
    <name>LivePanel</name>
    <message>
        <source>The pictures cannot be read. {0}</source>
        <translation>No se pueden leer las imágenes. {0}</translation>
    </message>
    <message>
        <source>No part has been inspected yet.</source>
        <translation>Aún no se ha inspeccionado ninguna pieza.</translation>
    </message>
</context>
<context>
    <name>LoginPanel</name>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Contraseña</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Entrar</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>That is not right. Try again.</source>
        <translation>No es correcto. Inténtelo otra vez.</translation>
    </message>
    <message>
        <source>Locked after too many tries.</source>
        <translation>Bloqueado tras demasiados intentos.</translation>
    </message>
    <message>
        <source>Not logged in.</source>
        <translation>No ha entrado.</translation>
    </message>
    <message>
        <source>Name and password</source>
        <translation>Nombre y contraseña</translation>
    </message>
    <message>
        <source>Your PIN</source>
        <translation>Su PIN</translation>
    </message>
    <message>
        <source>Badge read. Type the PIN and tap ✓.</source>
        <translation>Tarjeta leída. Escriba el PIN y toque ✓.</translation>
    </message>
    <message>
        <source>Scan your badge</source>
        <translation>Escanee su tarjeta</translation>
    </message>
    <message>
        <source>Hold it to the reader, or type what is on it and Enter; the PIN is asked for next.</source>
        <translation>Acérquela al lector, o escriba lo que pone y Enter; después se pide el PIN.</translation>
    </message>
    <message>
        <source>The engine is not there; logging in works as soon as it is back.</source>
        <translation>Falta el programa de inspección; podrá entrar en cuanto vuelva.</translation>
    </message>
    <message>
        <source>Being checked …</source>
        <translation>Comprobando …</translation>
    </message>
    <message>
        <source>Badge and PIN instead</source>
        <translation>Tarjeta y PIN</translation>
    </message>
    <message>
        <source>Name and password instead</source>
        <translation>Nombre y contraseña</translation>
    </message>
</context>
<context>
    <name>NgMode</name>
    <message>
        <source>The model sees nothing there. Draw around it instead.</source>
        <translation>El modelo no ve nada ahí. Rodéelo a mano.</translation>
    </message>
</context>
<context>
    <name>NgPage</name>
    <message>
        <source>Tap the model&apos;s outline, or draw around the defect.</source>
        <translation>Toque el contorno del modelo o rodee el defecto.</translation>
    </message>
    <message>
        <source>What is it? Tap its class.</source>
        <translation>¿Qué es? Toque su tipo.</translation>
    </message>
    <message>
        <source>For which outline? Tap the outline first.</source>
        <translation>¿Para qué contorno? Toque primero el contorno.</translation>
    </message>
    <message>
        <source>Classes of the whole picture: tap to set, tap again to take away.</source>
        <translation>Tipos de toda la imagen: toque para poner, otra vez para quitar.</translation>
    </message>
    <message>
        <source>Draw another one, or be done. The next part takes over by itself.</source>
        <translation>Dibuje otro, o termine. La próxima pieza aparece sola.</translation>
    </message>
    <message>
        <source>What are these {0}? One tap for all of them.</source>
        <translation>¿Qué son estos {0}? Un toque para todos.</translation>
    </message>
    <message>
        <source>Draw another one, or be done.</source>
        <translation>Dibuje otro, o termine.</translation>
    </message>
    <message>
        <source>Outlines saved</source>
        <translation>Contornos guardados</translation>
    </message>
    <message>
        <source>The draft cannot be kept on this disk</source>
        <translation>El borrador no se puede guardar en este disco</translation>
    </message>
    <message>
        <source>What was drawn before the screen stopped is here again. It is not with the engine yet.</source>
        <translation>Lo dibujado antes de la interrupción está aquí. El programa de inspección aún no lo tiene.</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Recuperado</translation>
    </message>
    <message>
        <source>Not saved; it is kept here</source>
        <translation>Sin guardar; se conserva aquí</translation>
    </message>
    <message>
        <source>The engine is away. All of it is kept on this screen&apos;s disk; send it when the engine is back.</source>
        <translation>El programa de inspección no está. Todo está en este equipo; envíelo cuando vuelva.</translation>
    </message>
    <message>
        <source>Somebody else has outlined this part meanwhile.</source>
        <translation>Entretanto otra persona ha contorneado esta pieza.</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>Guardando …</translation>
    </message>
    <message>
        <source>NG saved</source>
        <translation>NG guardado</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Aún sin guardar</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Enviar</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Reenviar</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Recargar</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>NG without outline</source>
        <translation>NG sin contorno</translation>
    </message>
</context>
<context>
    <name>NotesCard</name>
    <message>
        <source>No note yet.</source>
        <translation>Aún no hay notas.</translation>
    </message>
    <message>
        <source>Log in to leave a note.</source>
        <translation>Entre para dejar una nota.</translation>
    </message>
    <message>
        <source>The engine is away. The note is handed over when it is back.</source>
        <translation>El programa de inspección no está. La nota se entrega cuando vuelva.</translation>
    </message>
    <message>
        <source>Handing over …</source>
        <translation>Entregando …</translation>
    </message>
    <message>
        <source>Hand-over notes</source>
        <translation>Notas de relevo</translation>
    </message>
    <message>
        <source>All quiet.</source>
        <translation>Todo tranquilo.</translation>
    </message>
    <message>
        <source>Lens cleaned.</source>
        <translation>Objetivo limpiado.</translation>
    </message>
    <message>
        <source>Light looks weaker.</source>
        <translation>La luz parece más débil.</translation>
    </message>
    <message>
        <source>New material.</source>
        <translation>Material nuevo.</translation>
    </message>
    <message>
        <source>Watch for scratches.</source>
        <translation>Atención a los arañazos.</translation>
    </message>
    <message>
        <source>Maintenance is called.</source>
        <translation>Mantenimiento avisado.</translation>
    </message>
    <message>
        <source>Anything else to say</source>
        <translation>Algo más que decir</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Entregar</translation>
    </message>
</context>
<context>
    <name>OnePage</name>
    <message>
        <source>Parts</source>
        <translation>Piezas</translation>
    </message>
    <message>
        <source>next part, part before</source>
        <translation>pieza siguiente, pieza anterior</translation>
    </message>
    <message>
        <source>accept: the judgement stands; a part that was not decidable is OK</source>
        <translation>aceptar: el veredicto vale; una pieza no decidible es OK</translation>
    </message>
    <message>
        <source>reject: it is the other way round; a part that was not decidable is NG</source>
        <translation>rechazar: es al revés; una pieza no decidible es NG</translation>
    </message>
    <message>
        <source>NG of this class: all its outlines get it</source>
        <translation>NG de este tipo: lo reciben todos sus contornos</translation>
    </message>
    <message>
        <source>the other classes, where there are more than are shown</source>
        <translation>los otros tipos, si hay más de los que se ven</translation>
    </message>
    <message>
        <source>the labels need rework; the next key says why</source>
        <translation>los contornos deben rehacerse; la tecla siguiente dice por qué</translation>
    </message>
    <message>
        <source>edit the outlines; Enter: done and NG, Esc: back</source>
        <translation>editar los contornos; Enter: listo y NG, Esc: volver</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>deshacer</translation>
    </message>
    <message>
        <source>a part you have decided becomes a golden part: its answer is known, and reviewers are tried on it</source>
        <translation>una pieza decidida pasa a ser de control: su respuesta se conoce y con ella se prueba a los revisores</translation>
    </message>
    <message>
        <source>heat</source>
        <translation>calor</translation>
    </message>
    <message>
        <source>outlines</source>
        <translation>contornos</translation>
    </message>
    <message>
        <source>golden sample in the part&apos;s place, and back</source>
        <translation>pieza patrón en lugar de la pieza, y volver</translation>
    </message>
    <message>
        <source>the worst place large, and back</source>
        <translation>el peor lugar en grande, y volver</translation>
    </message>
    <message>
        <source>whole part</source>
        <translation>pieza entera</translation>
    </message>
    <message>
        <source>defect book of the class</source>
        <translation>libro de defectos del tipo</translation>
    </message>
    <message>
        <source>show the part that the note is about</source>
        <translation>mostrar la pieza del aviso</translation>
    </message>
    <message>
        <source>put the note away</source>
        <translation>cerrar el aviso</translation>
    </message>
    <message>
        <source>move the picture</source>
        <translation>mover la imagen</translation>
    </message>
</context>
<context>
    <name>PChartView</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>Aún no hay piezas en este turno.</translation>
    </message>
</context>
<context>
    <name>PaceChart</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>Aún no hay piezas en este turno.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>other …</source>
        <translation>otros …</translation>
    </message>
</context>
<context>
    <name>ParetoChart</name>
    <message>
        <source>No NG part in this shift.</source>
        <translation>Ninguna pieza NG en este turno.</translation>
    </message>
    <message>
        <source>all others</source>
        <translation>los demás</translation>
    </message>
    <message>
        <source>anomaly, not named</source>
        <translation>anomalía sin nombre</translation>
    </message>
    <message>
        <source>without an outline</source>
        <translation>sin contorno</translation>
    </message>
</context>
<context>
    <name>PictureBar</name>
    <message>
        <source>Heat</source>
        <translation>Calor</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Contornos</translation>
    </message>
    <message>
        <source>Compare: hold</source>
        <translation>Comparar: mantener</translation>
    </message>
    <message>
        <source>Whole part</source>
        <translation>Pieza entera</translation>
    </message>
    <message>
        <source>How strongly the heat is seen</source>
        <translation>Intensidad del mapa de calor</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>with {0} now</source>
        <translation>ahora con {0}</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Queue</source>
        <translation>Cola</translation>
    </message>
    <message>
        <source>go through the list</source>
        <translation>recorrer la lista</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>lo mismo</translation>
    </message>
    <message>
        <source>review these parts, the chosen one first</source>
        <translation>revisar estas piezas, primero la elegida</translation>
    </message>
    <message>
        <source>only parts that are here because of this; again: all</source>
        <translation>solo piezas con este motivo; otra vez: todas</translation>
    </message>
    <message>
        <source>everything: take the filter away</source>
        <translation>todo: quitar el filtro</translation>
    </message>
    <message>
        <source>go to the filter&apos;s fields; Tab goes on, Esc leaves them</source>
        <translation>ir a los campos del filtro; Tab avanza, Esc sale</translation>
    </message>
    <message>
        <source>go to the kept views</source>
        <translation>ir a las vistas guardadas</translation>
    </message>
    <message>
        <source>Review these</source>
        <translation>Revisar estas</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Todo</translation>
    </message>
    <message>
        <source>Keep view</source>
        <translation>Guardar vista</translation>
    </message>
    <message>
        <source>Forget view</source>
        <translation>Olvidar vista</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>Nombre de la vista</translation>
    </message>
    <message>
        <source>View {0} is kept.</source>
        <translation>La vista {0} está guardada.</translation>
    </message>
    <message>
        <source>View {0} is forgotten.</source>
        <translation>La vista {0} está olvidada.</translation>
    </message>
    <message>
        <source>The queue cannot be read.</source>
        <translation>No se puede leer la cola.</translation>
    </message>
    <message>
        <source>Reading the queue …</source>
        <translation>Leyendo la cola …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln pieza</numerusform>
            <numerusform>%Ln piezas</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1} in the queue</source>
        <translation>{0} de {1} en la cola</translation>
    </message>
    <message>
        <source>Nothing waits here. Take the filter away, or come back later.</source>
        <translation>Aquí no espera nada. Quite el filtro o vuelva más tarde.</translation>
    </message>
    <message>
        <source>Kept views</source>
        <translation>Vistas guardadas</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>critical</source>
        <translation>crítico</translation>
    </message>
    <message>
        <source>major</source>
        <translation>mayor</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>menor</translation>
    </message>
    <message>
        <source>{what}: score {score}, OK only below {limit}</source>
        <translation>{what}: valor {score}, OK solo por debajo de {limit}</translation>
    </message>
    <message>
        <source>{what}: score {score}, limit {limit}</source>
        <translation>{what}: valor {score}, límite {limit}</translation>
    </message>
    <message>
        <source>{what}: {count} found, limit {limit}</source>
        <translation>{what}: {count} encontrados, límite {limit}</translation>
    </message>
    <message>
        <source>{what} and {count} more, which no rule accepts</source>
        <translation>{what} y {count} más, que ninguna regla acepta</translation>
    </message>
    <message>
        <source>{what}, which no rule accepts</source>
        <translation>{what}, que ninguna regla acepta</translation>
    </message>
    <message>
        <source>no defect</source>
        <translation>ningún defecto</translation>
    </message>
    <message>
        <source>{count} found, all accepted by the rules</source>
        <translation>{count} encontrados, todos aceptados por las reglas</translation>
    </message>
    <message>
        <source>nothing under {zone} was inspected</source>
        <translation>no se inspeccionó nada bajo {zone}</translation>
    </message>
    <message>
        <source>ignore zone {zone} left something out</source>
        <translation>la zona ignorada {zone} dejó algo fuera</translation>
    </message>
    <message>
        <source>anomaly</source>
        <translation>anomalía</translation>
    </message>
    <message>
        <source>defects</source>
        <translation>defectos</translation>
    </message>
    <message>
        <source>all defects</source>
        <translation>todos los defectos</translation>
    </message>
    <message>
        <source>{what} at ({x}, {y}) px</source>
        <translation>{what} en ({x}, {y}) px</translation>
    </message>
    <message>
        <source>{what} in zone {zone}</source>
        <translation>{what} en la zona {zone}</translation>
    </message>
    <message>
        <source>{0}; too near to tell, {1}</source>
        <translation>{0}; demasiado justo, {1}</translation>
    </message>
    <message>
        <source>for a person to decide</source>
        <translation>decide una persona</translation>
    </message>
    <message>
        <source>{what}: {size} long, limit {limit}</source>
        <translation>{what}: {size} de largo, límite {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} wide, limit {limit}</source>
        <translation>{what}: {size} de ancho, límite {limit}</translation>
    </message>
    <message>
        <source>{what}: {size}, limit {limit}</source>
        <translation>{what}: {size}, límite {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} together, limit {limit}</source>
        <translation>{what}: {size} en total, límite {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} from the next, limit {limit}</source>
        <translation>{what}: a {size} del siguiente, límite {limit}</translation>
    </message>
</context>
<context>
    <name>RecipeCard</name>
    <message>
        <source>{0} (in use)</source>
        <translation>{0} (en uso)</translation>
    </message>
    <message>
        <source>The engine starts again with recipe {0}.</source>
        <translation>El programa de inspección se reinicia con la receta {0}.</translation>
    </message>
    <message>
        <source>Changing to {0} …</source>
        <translation>Cambiando a {0} …</translation>
    </message>
    <message>
        <source>Read {0} again: if its file has changed, the engine starts again with it. Meanwhile the line takes no parts; those in hand are finished first.</source>
        <translation>Leer {0} otra vez: si su archivo ha cambiado, el programa de inspección se reinicia con él. Mientras tanto no se aceptan piezas; primero se terminan las que están en curso.</translation>
    </message>
    <message>
        <source>Change to {0}: the engine starts again. Meanwhile the line takes no parts; those in hand are finished first.</source>
        <translation>Cambiar a {0}: el programa de inspección se reinicia. Mientras tanto no se aceptan piezas; primero se terminan las que están en curso.</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Receta</translation>
    </message>
    <message>
        <source>The engine has not said yet.</source>
        <translation>El programa de inspección aún no lo ha dicho.</translation>
    </message>
    <message>
        <source>{0}, version {1}, number {2} for the PLC</source>
        <translation>{0}, versión {1}, número {2} para el PLC</translation>
    </message>
    <message>
        <source>Change over</source>
        <translation>Cambiar</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Dejarlo</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>Sin programa de inspección: no se puede guardar nada.</translation>
    </message>
    <message>
        <source>Log in to review.</source>
        <translation>Inicie sesión para revisar.</translation>
    </message>
    <message>
        <source>Your role does not review: QA and administrators do.</source>
        <translation>Su función no revisa: lo hacen calidad y los administradores.</translation>
    </message>
    <message>
        <source>No part to review.</source>
        <translation>Ninguna pieza que revisar.</translation>
    </message>
    <message>
        <source>You have said it. Z takes it back, J goes on.</source>
        <translation>Ya ha decidido. Z lo deshace, J continúa.</translation>
    </message>
    <message>
        <source>This part cannot be read.</source>
        <translation>No se puede leer esta pieza.</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>Se está leyendo la pieza …</translation>
    </message>
    <message>
        <source>A picture is missing: this part cannot be decided. J goes on.</source>
        <translation>Falta una imagen: esta pieza no se puede decidir. J continúa.</translation>
    </message>
    <message>
        <source>A second opinion comes first</source>
        <translation>Primero la segunda opinión</translation>
    </message>
    <message>
        <source>Somebody&apos;s outlines may not be seen before you have said A, R, N or a class.</source>
        <translation>Los contornos de otra persona no se ven hasta que usted diga A, R, N o un tipo.</translation>
    </message>
    <message>
        <source>{0}: golden part, the answer is {1} · saved</source>
        <translation>{0}: pieza de control, la respuesta es {1} · guardado</translation>
    </message>
    <message>
        <source>{0}: no golden part any more · saved</source>
        <translation>{0}: ya no es pieza de control · guardado</translation>
    </message>
    <message>
        <source>{0}: {1} · saved</source>
        <translation>{0}: {1} · guardado</translation>
    </message>
    <message>
        <source>Fetch back {0}</source>
        <translation>Recuperar {0}</translation>
    </message>
    <message>
        <source>It is NG and has passed the gate already: have it taken off.</source>
        <translation>Es NG y ya ha pasado la compuerta: haga que la retiren.</translation>
    </message>
    <message>
        <source>{0}: reviewers differ</source>
        <translation>{0}: los revisores discrepan</translation>
    </message>
    <message>
        <source>Somebody who has not reviewed it decides.</source>
        <translation>Decide alguien que no la haya revisado.</translation>
    </message>
    <message>
        <source>{0}: taken back · saved</source>
        <translation>{0}: deshecho · guardado</translation>
    </message>
    <message>
        <source>Not lent to you</source>
        <translation>No se le ha asignado</translation>
    </message>
    <message>
        <source>Somebody else has this part now, or it is not in the queue any more.</source>
        <translation>Otra persona tiene ahora esta pieza, o ya no está en la cola.</translation>
    </message>
    <message>
        <source>{0} was decided meanwhile</source>
        <translation>{0} se ha decidido entretanto</translation>
    </message>
    <message>
        <source>{0} says {1}. J goes on; to judge it anew, open it from the queue.</source>
        <translation>{0} dice {1}. J continúa; para juzgarla de nuevo, ábrala desde la cola.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Mostrar</translation>
    </message>
    <message>
        <source>rework: {0}</source>
        <translation>rehacer: {0}</translation>
    </message>
    <message>
        <source>{0} accepted</source>
        <translation>{0} aceptado</translation>
    </message>
    <message>
        <source>now {0}</source>
        <translation>ahora {0}</translation>
    </message>
    <message>
        <source>by QA</source>
        <translation>por calidad</translation>
    </message>
    <message>
        <source>by an operator</source>
        <translation>por un operador</translation>
    </message>
    <message>
        <source>Here because: {0}</source>
        <translation>Motivo: {0}</translation>
    </message>
    <message>
        <source>Parts are being taken …</source>
        <translation>Tomando piezas …</translation>
    </message>
    <message>
        <source>No parts left in this view. F1 shows the queue and other views; K goes back.</source>
        <translation>No quedan piezas en esta vista. F1 muestra la cola y otras vistas; K vuelve.</translation>
    </message>
    <message>
        <source>No parts in this view, or others have them. F1 shows the queue.</source>
        <translation>No hay piezas en esta vista, o las tienen otros. F1 muestra la cola.</translation>
    </message>
    <message>
        <source>{0}, reviewing: {1}</source>
        <translation>{0}, revisión: {1}</translation>
    </message>
    <message>
        <source>No golden part</source>
        <translation>Quitar control</translation>
    </message>
    <message>
        <source>Golden part</source>
        <translation>De control</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>Guardando …</translation>
    </message>
    <message>
        <source>NG</source>
        <translation>NG</translation>
    </message>
    <message>
        <source>not decidable</source>
        <translation>no decidible</translation>
    </message>
    <message>
        <source>disagreement</source>
        <translation>desacuerdo</translation>
    </message>
    <message>
        <source>second opinion</source>
        <translation>segunda opinión</translation>
    </message>
    <message>
        <source>random sample</source>
        <translation>muestra al azar</translation>
    </message>
    <message>
        <source>unlike before</source>
        <translation>distinta de antes</translation>
    </message>
    <message>
        <source>label in doubt</source>
        <translation>etiqueta dudosa</translation>
    </message>
    <message>
        <source>known answer</source>
        <translation>respuesta conocida</translation>
    </message>
    <message>
        <source>first look</source>
        <translation>primera revisión</translation>
    </message>
    <message>
        <source>adjudication</source>
        <translation>arbitraje</translation>
    </message>
    <message>
        <source>rework</source>
        <translation>por rehacer</translation>
    </message>
    <message>
        <source>done</source>
        <translation>hecho</translation>
    </message>
    <message>
        <source>wrong class</source>
        <translation>tipo equivocado</translation>
    </message>
    <message>
        <source>too loose</source>
        <translation>demasiado amplio</translation>
    </message>
    <message>
        <source>sloppy outline</source>
        <translation>contorno impreciso</translation>
    </message>
    <message>
        <source>defect missed</source>
        <translation>defecto omitido</translation>
    </message>
    <message>
        <source>only part of it</source>
        <translation>solo una parte</translation>
    </message>
</context>
<context>
    <name>ReviewColumn</name>
    <message>
        <source>Needs rework</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Editar</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>Inspection station · review</source>
        <translation>Inspection station · revisión</translation>
    </message>
    <message>
        <source>No connection to the engine</source>
        <translation>Sin conexión con el programa de inspección</translation>
    </message>
    <message>
        <source>{0}. Parts can be looked at, and nothing can be saved. It reconnects by itself.</source>
        <translation>{0}. Se pueden ver piezas, pero no guardar nada. Se reconecta sola.</translation>
    </message>
    <message>
        <source>No line runs here</source>
        <translation>Aquí no funciona ninguna línea</translation>
    </message>
    <message>
        <source>The review keeps the records itself. When the engine starts it takes over; log in again then.</source>
        <translation>La revisión lleva los registros. Cuando arranque el programa de inspección, los llevará él; inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>You may look, not review</source>
        <translation>Puede mirar, no revisar</translation>
    </message>
    <message>
        <source>Parts are reviewed by QA and administrators. Ask an administrator for the role, or log in anew.</source>
        <translation>Las piezas las revisan calidad y los administradores. Pida la función a un administrador o inicie sesión de nuevo.</translation>
    </message>
    <message>
        <source>{0} wait · {1} reviewed</source>
        <translation>{0} esperan · {1} revisadas</translation>
    </message>
    <message>
        <source>the pages</source>
        <translation>las páginas</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>esta lista</translation>
    </message>
</context>
<context>
    <name>ReworkPanel</name>
    <message>
        <source>What is wrong with the labels?</source>
        <translation>¿Qué está mal en los contornos?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The engine no longer knows this login. Scan your badge again.</source>
        <translation>El programa de inspección ya no conoce esta sesión. Escanee su tarjeta otra vez.</translation>
    </message>
    <message>
        <source>The engine started again. Scan your badge again.</source>
        <translation>El programa de inspección se ha reiniciado. Escanee su tarjeta otra vez.</translation>
    </message>
    <message numerus="yes">
        <source>Logged out after %n minute(s) without a touch.</source>
        <translation>
            <numerusform>Sesión cerrada tras %n minuto sin tocar la pantalla.</numerusform>
            <numerusform>Sesión cerrada tras %n minutos sin tocar la pantalla.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
</context>
<context>
    <name>ShelfCard</name>
    <message>
        <source>Trying version {0} of {1} before it is deployed …</source>
        <translation>Probando la versión {0} de {1} antes de usarla …</translation>
    </message>
    <message>
        <source>Trying the version of {0} that was deployed before …</source>
        <translation>Probando la versión anterior de {0} …</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>No ha funcionado: {0}</translation>
    </message>
    <message>
        <source>Version {0} of {1} is deployed. A running line takes it up within seconds, between two parts.</source>
        <translation>La versión {0} de {1} está en uso. Una línea en marcha la toma en segundos, entre dos piezas.</translation>
    </message>
    <message>
        <source>There is no model yet: learn the good part.</source>
        <translation>Aún no hay modelo: aprenda la pieza buena.</translation>
    </message>
    <message>
        <source>Go back to the version before</source>
        <translation>Volver a la versión anterior</translation>
    </message>
    <message>
        <source>version {0}</source>
        <translation>versión {0}</translation>
    </message>
    <message>
        <source>{0}, {1} UTC, {2}</source>
        <translation>{0}, {1} UTC, {2}</translation>
    </message>
    <message>
        <source>deployed</source>
        <translation>en uso</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>Usar</translation>
    </message>
    <message>
        <source>Models on the shelf</source>
        <translation>Modelos disponibles</translation>
    </message>
    <message>
        <source>A version is loaded and has to answer before it is deployed; otherwise the present one stays.</source>
        <translation>Una versión se carga y debe responder antes de usarse; si no, sigue la actual.</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Inspection station</source>
        <translation>Estación de inspección</translation>
    </message>
    <message>
        <source> · clock not set</source>
        <translation> · reloj sin ajustar</translation>
    </message>
    <message>
        <source>No connection to the engine</source>
        <translation>Sin conexión con el programa de inspección</translation>
    </message>
    <message>
        <source>{0}. What you see is the last it said, and nothing can be saved. It reconnects by itself; start `station run` if the line should be running.</source>
        <translation>{0}. Lo que ve es lo último que dijo, y no se puede guardar nada. Se reconecta solo; inicie `station run` si la línea debe funcionar.</translation>
    </message>
    <message>
        <source>{0} (and {1} more)</source>
        <translation>{0} (y {1} más)</translation>
    </message>
</context>
<context>
    <name>ShiftCounter</name>
    <message>
        <source>shift {0}: no parts yet</source>
        <translation>turno {0}: aún sin piezas</translation>
    </message>
    <message numerus="yes">
        <source>shift {0}: %Ln part(s) · yield {1} %</source>
        <translation>
            <numerusform>turno {0}: %Ln pieza · buenas {1} %</numerusform>
            <numerusform>turno {0}: %Ln piezas · buenas {1} %</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShiftPage</name>
    <message>
        <source>Shift</source>
        <translation>Turno</translation>
    </message>
    <message>
        <source>The clock of this machine is not set.</source>
        <translation>El reloj de este equipo no está ajustado.</translation>
    </message>
    <message>
        <source>Parts cannot be told by shift. Set the clock, or check the network&apos;s time server.</source>
        <translation>No se puede asignar las piezas a un turno. Ajuste el reloj o revise el servidor de hora de la red.</translation>
    </message>
    <message>
        <source>The figures of the shift cannot be read.</source>
        <translation>No se pueden leer las cifras del turno.</translation>
    </message>
    <message>
        <source>Shift {0}, {1} to {2}, {3}</source>
        <translation>Turno {0}, {1}–{2}, {3}</translation>
    </message>
    <message>
        <source>They said the opposite on {0} of {1} parts: {2} to {3} % of all such parts (95 % sure).</source>
        <translation>Opuestos en {0} de {1} piezas: del {2} al {3} % de todas las de este tipo (95 % seguro).</translation>
    </message>
    <message>
        <source>Model and people</source>
        <translation>Modelo y personas</translation>
    </message>
    <message>
        <source>Every {0} minutes; dashed: as far as chance goes (3 sigma).</source>
        <translation>Cada {0} minutos; a trazos: hasta donde llega el azar (3 sigma).</translation>
    </message>
    <message>
        <source>✕: more than chance, look for a cause.</source>
        <translation>✕: más que azar, busque una causa.</translation>
    </message>
    <message>
        <source>So few are rejected that the limits are rough.</source>
        <translation>Son tan pocas que los límites son aproximados.</translation>
    </message>
    <message>
        <source>Rejected parts</source>
        <translation>Piezas rechazadas</translation>
    </message>
    <message>
        <source>Shift before</source>
        <translation>Turno anterior</translation>
    </message>
    <message>
        <source>Shift after</source>
        <translation>Turno siguiente</translation>
    </message>
    <message>
        <source>NG parts by class</source>
        <translation>Piezas NG por tipo</translation>
    </message>
    <message>
        <source>On the right: their share, all above included.</source>
        <translation>A la derecha: su parte, con las de arriba.</translation>
    </message>
    <message>
        <source>Parts an hour</source>
        <translation>Piezas por hora</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>last ten</source>
        <translation>últimas diez</translation>
    </message>
</context>
<context>
    <name>TaktBar</name>
    <message>
        <source>waits for you: {0} s</source>
        <translation>le espera: {0} s</translation>
    </message>
    <message>
        <source>takt {0} s · no part yet</source>
        <translation>takt {0} s · aún sin pieza</translation>
    </message>
    <message>
        <source>last part {0} s ago · takt {1} s</source>
        <translation>última pieza hace {0} s · takt {1} s</translation>
    </message>
    <message>
        <source>takt {0} / {1} s</source>
        <translation>takt {0} / {1} s</translation>
    </message>
</context>
<context>
    <name>TimePareto</name>
    <message>
        <source>No NG part in this time.</source>
        <translation>Ninguna pieza NG en este tiempo.</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>As drawn</source>
        <translation>Como dibujado</translation>
    </message>
    <message>
        <source>To edges</source>
        <translation>A los bordes</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Elegir</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lazo</translation>
    </message>
    <message>
        <source>Tap edges</source>
        <translation>Tocar bordes</translation>
    </message>
    <message>
        <source>Outline here</source>
        <translation>Contornear aquí</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Caja</translation>
    </message>
    <message>
        <source>Turned box</source>
        <translation>Caja girada</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Polígono</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pincel</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Borrador</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Línea</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Punto</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Imagen entera</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Más</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Ejemplos</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>part {0}</source>
        <translation>pieza {0}</translation>
    </message>
    <message>
        <source>recipe {0} v{1}</source>
        <translation>receta {0} v{1}</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Entrar</translation>
    </message>
</context>
<context>
    <name>TotalsCard</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>Aún no hay piezas en este turno.</translation>
    </message>
    <message>
        <source>{0} OK of {1} parts. The line&apos;s own yield lies between {2} and {3} % (95 % sure).</source>
        <translation>{0} OK de {1} piezas. El rendimiento propio de la línea está entre {2} y {3} % (95 % seguro).</translation>
    </message>
    <message>
        <source>Yield</source>
        <translation>Rendimiento</translation>
    </message>
    <message>
        <source>parts an hour</source>
        <translation>piezas por hora</translation>
    </message>
</context>
<context>
    <name>UnmeasuredBand</name>
    <message>
        <source>This screen has not been measured</source>
        <translation>Esta pantalla no está medida</translation>
    </message>
    <message>
        <source>Buttons may be too small for gloves, or too large. It takes a bank card and a minute.</source>
        <translation>Los botones pueden ser pequeños para guantes, o grandes. Hace falta una tarjeta bancaria y un minuto.</translation>
    </message>
    <message>
        <source>Measure it</source>
        <translation>Medir</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Ahora no</translation>
    </message>
</context>
<context>
    <name>VerdictBand</name>
    <message>
        <source>You first</source>
        <translation>Primero usted</translation>
    </message>
    <message>
        <source>No part yet</source>
        <translation>Aún sin pieza</translation>
    </message>
    <message>
        <source>The model&apos;s opinion is hidden for this part.</source>
        <translation>En esta pieza, la opinión del modelo está oculta.</translation>
    </message>
</context>
<context>
    <name>WishesCard</name>
    <message>
        <source>For {0}, at every screen</source>
        <translation>Para {0}, en todas las pantallas</translation>
    </message>
    <message>
        <source>For whoever is not logged in</source>
        <translation>Para quien no ha entrado</translation>
    </message>
    <message>
        <source>Log in to choose your own; hand and sound belong to a person.</source>
        <translation>Entre para elegir los suyos; mano y sonido son de cada persona.</translation>
    </message>
    <message>
        <source>In use until the screen is started again; it could not be kept: {0}</source>
        <translation>Vale hasta que se reinicie esta pantalla; no se pudo guardar: {0}</translation>
    </message>
    <message>
        <source>In use here, but not kept: {0}</source>
        <translation>Vale aquí, pero no se guardó: {0}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Colores</translation>
    </message>
    <message>
        <source>OK and NG are pressed with</source>
        <translation>OK y NG se pulsan con</translation>
    </message>
    <message>
        <source>Sound when a part needs you</source>
        <translation>Sonido cuando una pieza le necesita</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Día</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Noche</translation>
    </message>
    <message>
        <source>Sunlight</source>
        <translation>Sol</translation>
    </message>
    <message>
        <source>right hand</source>
        <translation>mano derecha</translation>
    </message>
    <message>
        <source>left hand</source>
        <translation>mano izquierda</translation>
    </message>
    <message>
        <source>off</source>
        <translation>no</translation>
    </message>
    <message>
        <source>on</source>
        <translation>sí</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>NG</source>
        <translation>NG</translation>
    </message>
    <message>
        <source>Not decidable</source>
        <translation>No decidible</translation>
    </message>
    <message>
        <source>by the model and the recipe</source>
        <translation>por el modelo y la receta</translation>
    </message>
    <message>
        <source>by {0}, QA</source>
        <translation>por {0}, calidad</translation>
    </message>
    <message>
        <source>by {0}</source>
        <translation>por {0}</translation>
    </message>
    <message>
        <source>no engine</source>
        <translation>sin programa</translation>
    </message>
    <message>
        <source>no line</source>
        <translation>sin línea</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>iniciando</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>en pausa</translation>
    </message>
    <message>
        <source>running</source>
        <translation>en marcha</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>en espera</translation>
    </message>
    <message>
        <source>no camera</source>
        <translation>sin cámara</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>sin modelo</translation>
    </message>
    <message>
        <source>no storage</source>
        <translation>sin disco</translation>
    </message>
    <message>
        <source>PLC set offline</source>
        <translation>offline por PLC</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>parando</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>fuera de línea</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Cámara</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Imagen</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Almacenamiento</translation>
    </message>
    <message>
        <source>Too late</source>
        <translation>Demasiado tarde</translation>
    </message>
    <message>
        <source>Overrun</source>
        <translation>Desbordamiento</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Receta</translation>
    </message>
    <message>
        <source>PLC</source>
        <translation>PLC</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Fallo</translation>
    </message>
    <message>
        <source>Not allowed — nothing was saved</source>
        <translation>No permitido — no se guardó nada</translation>
    </message>
    <message>
        <source>Unknown part — nothing was saved</source>
        <translation>Pieza desconocida — no se guardó nada</translation>
    </message>
    <message>
        <source>Decided elsewhere — yours was not saved</source>
        <translation>Decidida en otro lugar — lo suyo no se guardó</translation>
    </message>
    <message>
        <source>Storage failed — nothing was saved</source>
        <translation>Falló el guardado — no se guardó nada</translation>
    </message>
    <message>
        <source>Not done — nothing was saved</source>
        <translation>No hecho — no se guardó nada</translation>
    </message>
</context>
<context>
    <name>ZoneBoard</name>
    <message>
        <source>There is no picture of this view yet: let a part come past.</source>
        <translation>Aún no hay imagen de esta vista: deje pasar una pieza.</translation>
    </message>
    <message>
        <source>View {0}: the newest good part, {1}, {2}</source>
        <translation>Vista {0}: la última pieza buena, {1}, {2}</translation>
    </message>
    <message>
        <source>View {0}: the newest part, {1}, {2}; none was good lately</source>
        <translation>Vista {0}: la última pieza, {1}, {2}; ninguna fue buena últimamente</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Elegir</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Polígono</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lazo</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Caja</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Borrar</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Rehacer</translation>
    </message>
</context>
<context>
    <name>ZoneCard</name>
    <message>
        <source>Draw a zone, or tap one to change it. Drag its corners to move them.</source>
        <translation>Dibuje una zona, o toque una para cambiarla. Arrastre sus vértices para moverlos.</translation>
    </message>
    <message>
        <source>Name of the zone (N to type it)</source>
        <translation>Nombre de la zona (N para escribirlo)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Ignore what lies in it as a whole</source>
        <translation>Ignorar lo que está entero dentro</translation>
    </message>
    <message>
        <source>Save zones</source>
        <translation>Guardar zonas</translation>
    </message>
    <message>
        <source>Yes, drop them</source>
        <translation>Sí, descartar</translation>
    </message>
    <message>
        <source>Drop changes</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>Usar ahora</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>Guardando …</translation>
    </message>
    <message>
        <source>What is not saved will be gone.</source>
        <translation>Lo no guardado se perderá.</translation>
    </message>
    <message>
        <source>Not saved yet.</source>
        <translation>Aún sin guardar.</translation>
    </message>
    <message>
        <source>The line goes on with the zones it has. To use the new ones, the engine starts again: the line takes no parts for some seconds, those in hand are finished first, and you log in again.</source>
        <translation>La línea sigue con las zonas que tiene. Para usar las nuevas, el programa de inspección se reinicia: durante unos segundos no se aceptan piezas, primero se terminan las que están en curso, y usted entra otra vez.</translation>
    </message>
</context>
<context>
    <name>ZonesPanel</name>
    <message>
        <source>Zones need the station&apos;s configuration: start the screen with --config.</source>
        <translation>Para las zonas hace falta la configuración de la estación: inicie la pantalla con --config.</translation>
    </message>
    <message>
        <source>The pictures cannot be read. {0}</source>
        <translation>No se pueden leer las imágenes. {0}</translation>
    </message>
    <message>
        <source>That encloses nothing. Draw around an area.</source>
        <translation>Eso no encierra nada. Rodee un área.</translation>
    </message>
    <message>
        <source>zone</source>
        <translation>zona</translation>
    </message>
    <message>
        <source>Its lines would cross there; the corner stays where it was.</source>
        <translation>Ahí sus líneas se cruzarían; el vértice se queda donde estaba.</translation>
    </message>
    <message>
        <source>A zone needs a name.</source>
        <translation>Una zona necesita un nombre.</translation>
    </message>
    <message>
        <source>Another zone of this view is called {0} already.</source>
        <translation>Otra zona de esta vista ya se llama {0}.</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>No ha funcionado: {0}</translation>
    </message>
    <message>
        <source>Saved: recipe {0} is version {1} now.</source>
        <translation>Guardado: la receta {0} es ahora la versión {1}.</translation>
    </message>
    <message>
        <source>The engine starts again with recipe {0}.</source>
        <translation>El programa de inspección se reinicia con la receta {0}.</translation>
    </message>
    <message>
        <source>Changing to {0} …</source>
        <translation>Cambiando a {0} …</translation>
    </message>
    <message>
        <source>{0} (ignored)</source>
        <translation>{0} (ignorada)</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zonas</translation>
    </message>
    <message>
        <source>Zones of {0}</source>
        <translation>Zonas de {0}</translation>
    </message>
</context>
</TS>
