<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en_US">
<context>
    <name>AgreementTable</name>
    <message>
        <source>Nobody has decided a part in this shift.</source>
        <translation>In dieser Schicht hat niemand ein Teil entschieden.</translation>
    </message>
    <message>
        <source>person: {0}</source>
        <translation>Person: {0}</translation>
    </message>
    <message>
        <source>model: {0}</source>
        <translation>Modell: {0}</translation>
    </message>
    <message>
        <source>missed</source>
        <translation>übersehen</translation>
    </message>
    <message>
        <source>false alarm</source>
        <translation>Fehlalarm</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message>
        <source>no picture</source>
        <translation>kein Bild</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>ohne Fehlerart</translation>
    </message>
</context>
<context>
    <name>CalibrationCard</name>
    <message>
        <source>In use until the screen is started again; it could not be kept: {0}</source>
        <translation>Gilt bis zum Neustart dieses Bildschirms; konnte nicht gespeichert werden: {0}</translation>
    </message>
    <message>
        <source>Kept. Everything has its true size now.</source>
        <translation>Gespeichert. Alles hat jetzt seine wahre Größe.</translation>
    </message>
    <message>
        <source>{0} pixels a millimetre</source>
        <translation>{0} Pixel je Millimeter</translation>
    </message>
    <message>
        <source>Size of this screen</source>
        <translation>Größe dieses Bildschirms</translation>
    </message>
    <message>
        <source>Hold a bank card against the drawn one. Pull its right edge, or tap minus and plus, until both are equal.</source>
        <translation>Eine Bankkarte an die gezeichnete halten. Den rechten Rand ziehen oder Minus und Plus tippen, bis beide gleich groß sind.</translation>
    </message>
    <message>
        <source>smaller</source>
        <translation>kleiner</translation>
    </message>
    <message>
        <source>larger</source>
        <translation>größer</translation>
    </message>
    <message>
        <source>It fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>CameraCard</name>
    <message>
        <source>Part {0}, {1}</source>
        <translation>Teil {0}, {1}</translation>
    </message>
    <message>
        <source>{0}; {1} by {2} pixels, {3}</source>
        <translation>{0}; {1} mal {2} Pixel, {3}</translation>
    </message>
    <message>
        <source>Camera {0}, view {1}</source>
        <translation>Kamera {0}, Ansicht {1}</translation>
    </message>
    <message>
        <source>There is no picture.</source>
        <translation>Es gibt kein Bild.</translation>
    </message>
    <message>
        <source>the camera&apos;s own</source>
        <translation>wie die Kamera</translation>
    </message>
    <message>
        <source>set to {0}</source>
        <translation>eingestellt: {0}</translation>
    </message>
    <message>
        <source>{0} (set to {1})</source>
        <translation>{0} (eingestellt: {1})</translation>
    </message>
    <message>
        <source>Sharpness</source>
        <translation>Schärfe</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>At full scale</source>
        <translation>Am Anschlag</translation>
    </message>
    <message>
        <source>Exposure, µs</source>
        <translation>Belichtung, µs</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Verstärkung</translation>
    </message>
</context>
<context>
    <name>Captions</name>
    <message>
        <source>in pixels: this recipe does not say how large a pixel is</source>
        <translation>in Pixeln: dieses Rezept sagt nicht, wie groß ein Pixel ist</translation>
    </message>
    <message>
        <source>covers nothing</source>
        <translation>deckt nichts ab</translation>
    </message>
    <message>
        <source>crosses itself</source>
        <translation>kreuzt sich</translation>
    </message>
    <message>
        <source>beyond the picture</source>
        <translation>außerhalb des Bildes</translation>
    </message>
    <message>
        <source>tiny</source>
        <translation>winzig</translation>
    </message>
    <message>
        <source>drawn twice</source>
        <translation>doppelt</translation>
    </message>
    <message>
        <source>class removed</source>
        <translation>Fehlerart entfernt</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>ohne Fehlerart</translation>
    </message>
    <message>
        <source>An outline covers nothing: delete it, or draw it again.</source>
        <translation>Ein Umriss deckt nichts ab: löschen oder neu zeichnen.</translation>
    </message>
    <message>
        <source>An outline crosses itself: undo and draw it again, or move its corners.</source>
        <translation>Ein Umriss kreuzt sich: rückgängig machen und neu zeichnen oder seine Ecken verschieben.</translation>
    </message>
    <message>
        <source>An outline reaches beyond the picture.</source>
        <translation>Ein Umriss reicht über das Bild hinaus.</translation>
    </message>
    <message>
        <source>An outline is smaller than three pixels: was it a slip of the finger?</source>
        <translation>Ein Umriss ist kleiner als drei Pixel: war das ein Versehen?</translation>
    </message>
    <message>
        <source>The same defect is outlined twice: delete one of them.</source>
        <translation>Derselbe Fehler ist doppelt umrissen: einen der Umrisse löschen.</translation>
    </message>
    <message>
        <source>“{0}” is no class of this recipe any more. The outline keeps it; tap a chip to give it another.</source>
        <translation>„{0}“ ist keine Fehlerart dieses Rezepts mehr. Der Umriss behält sie; für eine andere eine Fehlerart tippen.</translation>
    </message>
    <message>
        <source>An outline has no class yet.</source>
        <translation>Ein Umriss hat noch keine Fehlerart.</translation>
    </message>
</context>
<context>
    <name>Column</name>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu ansehen</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Verstanden</translation>
    </message>
    <message>
        <source>Fetched</source>
        <translation>Geholt</translation>
    </message>
</context>
<context>
    <name>Compare</name>
    <message>
        <source>Golden sample</source>
        <translation>Gutmuster</translation>
    </message>
    <message>
        <source>There is no picture to compare.</source>
        <translation>Es gibt kein Bild zum Vergleichen.</translation>
    </message>
    <message>
        <source>Laying the golden sample over the part …</source>
        <translation>Gutmuster wird über das Teil gelegt …</translation>
    </message>
    <message>
        <source>This part is the golden sample of {0}, view {1}, from now on.</source>
        <translation>Dieses Teil ist ab jetzt das Gutmuster von {0}, Ansicht {1}.</translation>
    </message>
    <message>
        <source>There is no good part to compare with yet.</source>
        <translation>Es gibt noch kein Gutteil zum Vergleichen.</translation>
    </message>
    <message>
        <source>Golden sample: part {0}</source>
        <translation>Gutmuster: Teil {0}</translation>
    </message>
    <message>
        <source>chosen by {0}</source>
        <translation>gewählt von {0}</translation>
    </message>
    <message>
        <source>the best good part on record</source>
        <translation>das beste Gutteil der Aufzeichnung</translation>
    </message>
    <message>
        <source>laid over roughly: the part was not found exactly</source>
        <translation>grob überlagert: Lage nicht genau gefunden</translation>
    </message>
    <message>
        <source>not laid over: the pictures do not fit each other</source>
        <translation>nicht überlagert: die Bilder passen nicht zueinander</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Compare</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>next part, part before</source>
        <translation>nächstes Teil, Teil davor</translation>
    </message>
    <message>
        <source>another annotator on the first side, on the second</source>
        <translation>ein anderer Beurteiler auf der ersten Seite, auf der zweiten</translation>
    </message>
    <message>
        <source>only the first one&apos;s outlines, only the second one&apos;s; again: both</source>
        <translation>nur die Umrisse des ersten, nur die des zweiten; noch einmal: beide</translation>
    </message>
    <message>
        <source>whole part</source>
        <translation>ganzes Teil</translation>
    </message>
    <message>
        <source>move the picture</source>
        <translation>das Bild bewegen</translation>
    </message>
    <message>
        <source>Only the first</source>
        <translation>Nur der erste</translation>
    </message>
    <message>
        <source>Only the second</source>
        <translation>Nur der zweite</translation>
    </message>
    <message>
        <source>Another annotator</source>
        <translation>Anderer Beurteiler</translation>
    </message>
    <message>
        <source>No part is in hand. F1 shows the queue; Enter there takes parts.</source>
        <translation>Kein Teil in Arbeit. F1 zeigt die Warteliste; Enter holt dort Teile.</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>Das Teil wird gelesen …</translation>
    </message>
    <message>
        <source>Others have said something of this part. You see it once you have said what you think.</source>
        <translation>Andere haben sich zu diesem Teil geäußert. Sie sehen es, sobald Sie Ihr Urteil gegeben haben.</translation>
    </message>
    <message>
        <source>Only the model has said something of this part.</source>
        <translation>Nur das Modell hat sich zu diesem Teil geäußert.</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>das Modell</translation>
    </message>
    <message>
        <source>outlined nothing</source>
        <translation>nichts umrissen</translation>
    </message>
    <message numerus="yes">
        <source>%Ln outline(s)</source>
        <translation>
            <numerusform>%Ln Umriss</numerusform>
            <numerusform>%Ln Umrisse</numerusform>
        </translation>
    </message>
    <message>
        <source>the same defect, the same class</source>
        <translation>gleicher Fehler, gleiche Fehlerart</translation>
    </message>
    <message>
        <source>the same defect, another class</source>
        <translation>gleicher Fehler, andere Fehlerart</translation>
    </message>
    <message>
        <source>only the first</source>
        <translation>nur der erste</translation>
    </message>
    <message>
        <source>only the second</source>
        <translation>nur der zweite</translation>
    </message>
</context>
<context>
    <name>DaysPChart</name>
    <message>
        <source>No parts in this time.</source>
        <translation>Keine Teile in dieser Zeit.</translation>
    </message>
</context>
<context>
    <name>DefectBook</name>
    <message>
        <source>Back to the part</source>
        <translation>Zurück zum Teil</translation>
    </message>
    <message>
        <source>Reading the examples …</source>
        <translation>Beispiele werden gelesen …</translation>
    </message>
    <message>
        <source>This is {0}</source>
        <translation>Das ist {0}</translation>
    </message>
    <message>
        <source>Nobody has outlined this class yet.</source>
        <translation>Diese Fehlerart hat noch niemand umrissen.</translation>
    </message>
    <message>
        <source>This is not {0}: marked by the model, and called good by a person</source>
        <translation>Das ist nicht {0}: vom Modell markiert, von einer Person für gut befunden</translation>
    </message>
    <message>
        <source>No part that the model marked was called good yet.</source>
        <translation>Noch kein vom Modell markiertes Teil wurde für gut befunden.</translation>
    </message>
    <message>
        <source>Borderline: the station could not decide, a person called it {0}</source>
        <translation>Grenzfall: die Station konnte nicht entscheiden, eine Person nannte es {0}</translation>
    </message>
    <message>
        <source>Nothing was borderline yet.</source>
        <translation>Noch kein Grenzfall.</translation>
    </message>
</context>
<context>
    <name>DeskLink</name>
    <message>
        <source>not connected yet</source>
        <translation>noch nicht verbunden</translation>
    </message>
</context>
<context>
    <name>DoctorPanel</name>
    <message>
        <source>Looking at cameras, models, disk and ports …</source>
        <translation>Kameras, Modelle, Datenträger und Ports werden geprüft …</translation>
    </message>
    <message>
        <source>The doctor could not work: {0}</source>
        <translation>Die Diagnose konnte nicht laufen: {0}</translation>
    </message>
    <message>
        <source>Everything is well.</source>
        <translation>Alles in Ordnung.</translation>
    </message>
    <message>
        <source>To mend: {0}. To know: {1}.</source>
        <translation>Zu beheben: {0}. Zu wissen: {1}.</translation>
    </message>
    <message>
        <source>To do: {0}</source>
        <translation>Zu tun: {0}</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Neu prüfen</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>Camera {camera}: {reason}. Parts are rejected until it is back; it is tried again by itself.</source>
        <translation>Kamera {camera}: {reason}. Bis sie wieder da ist, werden Teile ausgeschleust; sie wird von selbst erneut versucht.</translation>
    </message>
    <message>
        <source>Camera {camera}: {reason}. This part is rejected.</source>
        <translation>Kamera {camera}: {reason}. Dieses Teil wird ausgeschleust.</translation>
    </message>
    <message>
        <source>View {view}: {reason} within the part&apos;s deadline. This part is rejected.</source>
        <translation>Ansicht {view}: {reason} in der Frist des Teils. Dieses Teil wird ausgeschleust.</translation>
    </message>
    <message>
        <source>View {view}: its turn came after the part&apos;s deadline. This part is rejected.</source>
        <translation>Ansicht {view}: kam erst nach der Frist des Teils an die Reihe. Dieses Teil wird ausgeschleust.</translation>
    </message>
    <message>
        <source>View {view}: the picture is {reason}. This part is rejected.</source>
        <translation>Ansicht {view}: Das Bild ist {reason}. Dieses Teil wird ausgeschleust.</translation>
    </message>
    <message>
        <source>View {view}: the picture could not be stored ({reason}). This part is rejected.</source>
        <translation>Ansicht {view}: Das Bild konnte nicht gespeichert werden ({reason}). Dieses Teil wird ausgeschleust.</translation>
    </message>
    <message>
        <source>View {view}: {reason}. This part is rejected.</source>
        <translation>Ansicht {view}: {reason}. Dieses Teil wird ausgeschleust.</translation>
    </message>
    <message>
        <source>Judging view {view} failed ({reason}). This part is rejected; see the log.</source>
        <translation>Ansicht {view} konnte nicht beurteilt werden ({reason}). Dieses Teil wird ausgeschleust; siehe Protokoll.</translation>
    </message>
    <message>
        <source>There is no model {model}. This part is rejected. Learn or deploy one.</source>
        <translation>Es gibt kein Modell {model}. Dieses Teil wird ausgeschleust. Eines einlernen oder übernehmen.</translation>
    </message>
    <message>
        <source>Model {model}: {reason}. This part is rejected.</source>
        <translation>Modell {model}: {reason}. Dieses Teil wird ausgeschleust.</translation>
    </message>
    <message>
        <source>Model {model} cannot be used: {reason}. Every part is rejected until there is one.</source>
        <translation>Modell {model} ist nicht brauchbar: {reason}. Jedes Teil wird ausgeschleust, bis es eines gibt.</translation>
    </message>
    <message>
        <source>Nothing can be stored: {reason}. Every part is rejected.</source>
        <translation>Nichts kann gespeichert werden: {reason}. Jedes Teil wird ausgeschleust.</translation>
    </message>
    <message>
        <source>no picture</source>
        <translation>kein Bild</translation>
    </message>
    <message>
        <source>no answer from the model</source>
        <translation>keine Antwort des Modells</translation>
    </message>
    <message>
        <source>it is not started</source>
        <translation>sie ist nicht gestartet</translation>
    </message>
    <message>
        <source>it is starting</source>
        <translation>sie startet gerade</translation>
    </message>
    <message>
        <source>it was stopped</source>
        <translation>sie wurde angehalten</translation>
    </message>
    <message>
        <source>it was not ready within {seconds} s</source>
        <translation>sie war nach {seconds} s nicht bereit</translation>
    </message>
    <message>
        <source>its worker gave no sign of life for {seconds} s</source>
        <translation>ihr Prozess gab {seconds} s kein Lebenszeichen</translation>
    </message>
    <message>
        <source>its worker cannot be started: {reason}</source>
        <translation>ihr Prozess lässt sich nicht starten: {reason}</translation>
    </message>
    <message>
        <source>camera {camera} is down: {reason}</source>
        <translation>Kamera {camera} ist ausgefallen: {reason}</translation>
    </message>
    <message>
        <source>no picture within {seconds} s of the trigger</source>
        <translation>kein Bild innerhalb von {seconds} s nach dem Auslöser</translation>
    </message>
    <message>
        <source>no picture came in time</source>
        <translation>kein Bild kam rechtzeitig</translation>
    </message>
    <message>
        <source>no frame for {seconds} s; check cable, power and trigger settings</source>
        <translation>seit {seconds} s kein Bild; Kabel, Strom und Auslöser prüfen</translation>
    </message>
    <message>
        <source>trigger overrun, not fired: {reason}</source>
        <translation>Auslöser zu früh, nicht ausgelöst: {reason}</translation>
    </message>
    <message>
        <source>black (brightness {value}, min_brightness {limit}); check the light</source>
        <translation>schwarz (Helligkeit {value}, min_brightness {limit}); Licht prüfen</translation>
    </message>
    <message>
        <source>over-exposed ({value} of it saturated, max_saturated_share {limit}); check exposure and light</source>
        <translation>überbelichtet ({value} davon gesättigt, max_saturated_share {limit}); Belichtung und Licht prüfen</translation>
    </message>
    <message>
        <source>flat (contrast {value}, min_contrast {limit}); check light and lens</source>
        <translation>flau (Kontrast {value}, min_contrast {limit}); Licht und Objektiv prüfen</translation>
    </message>
    <message>
        <source>out of focus (sharpness {value}, min_sharpness {limit}); check the lens</source>
        <translation>unscharf (Schärfe {value}, min_sharpness {limit}); Objektiv prüfen</translation>
    </message>
    <message>
        <source>frozen (the one before once more, value by value); check the camera</source>
        <translation>eingefroren (das vorige noch einmal, Wert für Wert); Kamera prüfen</translation>
    </message>
    <message>
        <source>the picture is {size} pixels, the reference {reference}</source>
        <translation>das Bild hat {size} Pixel, die Referenz {reference}</translation>
    </message>
    <message>
        <source>the model gave no answer</source>
        <translation>das Modell gab keine Antwort</translation>
    </message>
    <message>
        <source>the model&apos;s score or threshold is no finite number; check the model</source>
        <translation>Wert oder Schwelle des Modells ist keine endliche Zahl; Modell prüfen</translation>
    </message>
    <message>
        <source>the model outlined a defect without finite figures; check the model</source>
        <translation>das Modell umriss einen Fehler ohne endliche Zahlen; Modell prüfen</translation>
    </message>
    <message>
        <source>threshold low {low} is above high {high}; correct the recipe or the model</source>
        <translation>die untere Schwelle {low} liegt über der oberen {high}; Rezept oder Modell berichtigen</translation>
    </message>
    <message>
        <source>the recipe {recipe} has no such view</source>
        <translation>das Rezept {recipe} hat keine solche Ansicht</translation>
    </message>
    <message>
        <source>{count} pictures where one is needed</source>
        <translation>{count} Bilder, wo eines nötig ist</translation>
    </message>
    <message>
        <source>{count} more defects are not outlined, so no rule could look at them</source>
        <translation>{count} weitere Fehler sind nicht umrissen; keine Regel konnte sie ansehen</translation>
    </message>
    <message>
        <source>{key}: no millimetres are known{where}; calibrate the view, for a person to decide</source>
        <translation>{key}: keine Millimeter bekannt{where}; Ansicht kalibrieren, ein Mensch entscheidet</translation>
    </message>
    <message>
        <source>{defects} near the limit {limit} not measured; for a person to decide</source>
        <translation>{defects} nahe der Grenze {limit} nicht gemessen; ein Mensch entscheidet</translation>
    </message>
    <message>
        <source>Badge and PIN, or name and password, do not belong together.</source>
        <translation>Ausweis und PIN, oder Name und Passwort, gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>Locked after {count} wrong tries, for {minutes} minutes. An administrator can unlock it.</source>
        <translation>Nach {count} falschen Versuchen für {minutes} Minuten gesperrt. Ein Administrator kann entsperren.</translation>
    </message>
    <message>
        <source>Nobody is logged in; log in first.</source>
        <translation>Niemand ist angemeldet; bitte zuerst anmelden.</translation>
    </message>
    <message>
        <source>The session is over; log in first.</source>
        <translation>Die Anmeldung ist abgelaufen; bitte neu anmelden.</translation>
    </message>
    <message>
        <source>The role {role} may not do this.</source>
        <translation>Ihre Rolle darf das nicht.</translation>
    </message>
    <message>
        <source>There is no part {part}.</source>
        <translation>Dieses Teil gibt es nicht.</translation>
    </message>
    <message>
        <source>The station</source>
        <translation>Die Station</translation>
    </message>
    <message>
        <source>{who} has decided {verdict} meanwhile: look at the part again.</source>
        <translation>{who} hat inzwischen {verdict} entschieden: Teil noch einmal ansehen.</translation>
    </message>
    <message>
        <source>{who} has decided this part; only QA may supersede another person&apos;s verdict.</source>
        <translation>{who} hat dieses Teil entschieden; nur die QS darf das Urteil eines anderen ersetzen.</translation>
    </message>
    <message>
        <source>{who} has annotated this view meanwhile: open the part again and look.</source>
        <translation>{who} hat diese Ansicht inzwischen umrissen: Teil neu öffnen und ansehen.</translation>
    </message>
    <message>
        <source>The pictures of this part were removed, and what nobody sees cannot be OK.</source>
        <translation>Die Bilder dieses Teils wurden entfernt, und was niemand sieht, kann nicht OK sein.</translation>
    </message>
    <message>
        <source>View {view} has no picture, and what nobody saw cannot be OK.</source>
        <translation>Ansicht {view} hat kein Bild, und was niemand sah, kann nicht OK sein.</translation>
    </message>
    <message>
        <source>View {view} has no picture, so there is nothing to outline.</source>
        <translation>Ansicht {view} hat kein Bild, es gibt also nichts zu umreißen.</translation>
    </message>
    <message>
        <source>The picture of view {view} was removed, so there is nothing to outline.</source>
        <translation>Das Bild der Ansicht {view} wurde entfernt, es gibt also nichts zu umreißen.</translation>
    </message>
    <message>
        <source>{who} has this part at present.</source>
        <translation>{who} hat dieses Teil gerade.</translation>
    </message>
    <message>
        <source>This part is reviewed already.</source>
        <translation>Dieses Teil ist schon geprüft.</translation>
    </message>
    <message>
        <source>This part is not decided yet: say OK or NG.</source>
        <translation>Dieses Teil ist noch nicht entschieden: OK oder NG sagen.</translation>
    </message>
    <message>
        <source>This part waits for better labels: annotate it first.</source>
        <translation>Dieses Teil wartet auf bessere Umrisse: erst umreißen.</translation>
    </message>
    <message>
        <source>You have reviewed this part: the next word is somebody else&apos;s.</source>
        <translation>Sie haben dieses Teil geprüft: als Nächstes ist jemand anders dran.</translation>
    </message>
    <message>
        <source>The reviewers of this part differ: it must be adjudicated.</source>
        <translation>Die Prüfer dieses Teils sind uneins: es muss entschieden werden.</translation>
    </message>
    <message>
        <source>The reviewers of this part do not differ, or not any more.</source>
        <translation>Die Prüfer dieses Teils sind nicht oder nicht mehr uneins.</translation>
    </message>
    <message>
        <source>You are one of those who differ on this part: somebody else must decide.</source>
        <translation>Sie gehören zu denen, die uneins sind: jemand anders muss entscheiden.</translation>
    </message>
    <message>
        <source>{who} is not among the adjudicators.</source>
        <translation>{who} gehört nicht zu denen, die bei Uneinigkeit entscheiden.</translation>
    </message>
    <message>
        <source>There is no word of yours to take back, or not the last one.</source>
        <translation>Es gibt nichts von Ihnen zurückzunehmen, oder es ist nicht das letzte Wort.</translation>
    </message>
    <message>
        <source>Somebody has worked on this part since: review it again instead.</source>
        <translation>Jemand hat dieses Teil seither bearbeitet: stattdessen neu prüfen.</translation>
    </message>
    <message>
        <source>There is no such change of class of yours to take back.</source>
        <translation>Es gibt keine solche Klassenänderung von Ihnen zurückzunehmen.</translation>
    </message>
    <message>
        <source>The part has no picture, or nothing with another class.</source>
        <translation>Das Teil hat kein Bild, oder nichts mit einer anderen Klasse.</translation>
    </message>
    <message>
        <source>Review this part first: a known answer is one that stands.</source>
        <translation>Dieses Teil erst prüfen: eine bekannte Antwort muss feststehen.</translation>
    </message>
    <message>
        <source>Nothing can be stored at present. Nothing was changed; try again.</source>
        <translation>Zurzeit kann nichts gespeichert werden. Nichts wurde geändert; bitte noch einmal versuchen.</translation>
    </message>
    <message>
        <source>It could not be stored: {reason}.</source>
        <translation>Es konnte nicht gespeichert werden: {reason}.</translation>
    </message>
    <message>
        <source>No part can be taken now: {reason}.</source>
        <translation>Jetzt kann kein Teil genommen werden: {reason}.</translation>
    </message>
    <message>
        <source>too many parts are open already</source>
        <translation>es sind schon zu viele Teile offen</translation>
    </message>
    <message>
        <source>There is no recipe {recipe}; there are: {recipes}.</source>
        <translation>Es gibt kein Rezept {recipe}; es gibt: {recipes}.</translation>
    </message>
    <message>
        <source>No line runs here: start the station first.</source>
        <translation>Hier läuft keine Linie: zuerst die Station starten.</translation>
    </message>
    <message>
        <source>The engine failed at this; its log says at what.</source>
        <translation>Das Prüfprogramm ist daran gescheitert; sein Protokoll sagt, woran.</translation>
    </message>
    <message>
        <source>{count} requests wait for the engine already; try again when it answers.</source>
        <translation>{count} Anfragen warten schon auf das Prüfprogramm; noch einmal versuchen, wenn es antwortet.</translation>
    </message>
    <message>
        <source>the engine ended</source>
        <translation>das Prüfprogramm ist beendet</translation>
    </message>
    <message>
        <source>the engine has said nothing for {seconds} s</source>
        <translation>das Prüfprogramm schweigt seit {seconds} s</translation>
    </message>
    <message>
        <source>the engine is of another version; update this program and the engine together</source>
        <translation>das Prüfprogramm hat eine andere Version; beide zusammen aktualisieren</translation>
    </message>
    <message>
        <source>no engine answers in {folder} ({error})</source>
        <translation>in {folder} antwortet kein Prüfprogramm ({error})</translation>
    </message>
</context>
<context>
    <name>EngineerPage</name>
    <message>
        <source>Engineer</source>
        <translation>Technik</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>Kameras</translation>
    </message>
    <message>
        <source>Recipe and line</source>
        <translation>Rezept und Linie</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Doctor</source>
        <translation>Diagnose</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zonen</translation>
    </message>
</context>
<context>
    <name>Facts</name>
    <message>
        <source>part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>{0} · OK below {1}, NG from {2}</source>
        <translation>{0} · OK unter {1}, NG ab {2}</translation>
    </message>
    <message>
        <source>score</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>places found</source>
        <translation>Fundstellen</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>view</source>
        <translation>Ansicht</translation>
    </message>
</context>
<context>
    <name>FiguresPage</name>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>one day, seven days, thirty days</source>
        <translation>ein Tag, sieben Tage, dreißig Tage</translation>
    </message>
    <message>
        <source>Working them out …</source>
        <translation>Wird berechnet …</translation>
    </message>
    <message>
        <source>The figures cannot be read.</source>
        <translation>Die Kennzahlen sind nicht lesbar.</translation>
    </message>
    <message>
        <source>{0} parts: {1} OK, {2} NG, {3} not decidable.</source>
        <translation>{0} Teile: {1} OK, {2} NG, {3} nicht entscheidbar.</translation>
    </message>
    <message>
        <source>{0} parts whose answer is known, {1} of them bad. Intervals of 95 %.</source>
        <translation>{0} Teile mit bekannter Antwort, {1} davon schlecht. Intervalle von 95 %.</translation>
    </message>
    <message>
        <source>Against the reference</source>
        <translation>Gegen die Referenz</translation>
    </message>
    <message>
        <source>Agreement beyond chance</source>
        <translation>Übereinstimmung über Zufall</translation>
    </message>
    <message>
        <source>1 is full, 0 what chance gives.</source>
        <translation>1 ist volle, 0 zufällige Übereinstimmung.</translation>
    </message>
    <message>
        <source>The Western Electric rules find nothing.</source>
        <translation>Die Western-Electric-Regeln finden nichts.</translation>
    </message>
    <message>
        <source>Points at which the Western Electric rules find more than chance: {0}.</source>
        <translation>Punkte, an denen die Western-Electric-Regeln mehr als Zufall finden: {0}.</translation>
    </message>
    <message>
        <source>Rejected parts</source>
        <translation>Ausgeschleuste Teile</translation>
    </message>
    <message>
        <source>Fleiss&apos; kappa: {0}</source>
        <translation>Fleiss’ Kappa: {0}</translation>
    </message>
    <message>
        <source>Gwet&apos;s AC1: {0}</source>
        <translation>Gwets AC1: {0}</translation>
    </message>
    <message>
        <source>Krippendorff&apos;s alpha: {0}</source>
        <translation>Krippendorffs Alpha: {0}</translation>
    </message>
    <message>
        <source>With themselves: {0}</source>
        <translation>Mit sich selbst: {0}</translation>
    </message>
    <message>
        <source>Of two, Cohen&apos;s kappa:</source>
        <translation>Zu zweit, Cohens Kappa:</translation>
    </message>
    <message>
        <source>{0} more: see `station report`.</source>
        <translation>{0} weitere: siehe `station report`.</translation>
    </message>
    <message>
        <source>not enough data</source>
        <translation>zu wenig Daten</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>marginal</source>
        <translation>grenzwertig</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>schlecht</translation>
    </message>
    <message>
        <source>{0}, {1} (all alike)</source>
        <translation>{0}, {1} (alle gleich)</translation>
    </message>
    <message>
        <source>{0} ({1} to {2}), {3}</source>
        <translation>{0} ({1} bis {2}), {3}</translation>
    </message>
    <message>
        <source>Escapes: not enough data, QA audited {0} of {1} passed parts.</source>
        <translation>Schlupf: zu wenig Daten, QS prüfte {0} von {1} durchgelassenen Teilen nach.</translation>
    </message>
    <message>
        <source>Escapes: {0} ({1} to {2}) of {3} passed parts; {4} bad ones among {5} audited.</source>
        <translation>Schlupf: {0} ({1} bis {2}) von {3} durchgelassenen Teilen; {4} schlechte unter {5} nachgeprüften.</translation>
    </message>
    <message>
        <source>Drift of scores: not enough data.</source>
        <translation>Drift der Werte: zu wenig Daten.</translation>
    </message>
    <message>
        <source>no change beyond chance</source>
        <translation>keine Änderung über Zufall</translation>
    </message>
    <message>
        <source>some change: look at pictures and light</source>
        <translation>etwas verändert: Bilder und Licht ansehen</translation>
    </message>
    <message>
        <source>another population: look before you trust the thresholds</source>
        <translation>andere Verteilung: erst ansehen, dann den Schwellen trauen</translation>
    </message>
    <message>
        <source>Drift of {0}: PSI {1}, KS {2}, {3}.</source>
        <translation>Drift von {0}: PSI {1}, KS {2}, {3}.</translation>
    </message>
    <message>
        <source>Nobody decided or outlined anything.</source>
        <translation>Niemand hat etwas entschieden oder umrandet.</translation>
    </message>
    <message>
        <source>pace not known</source>
        <translation>Tempo unbekannt</translation>
    </message>
    <message>
        <source>{0} an hour</source>
        <translation>{0} je Stunde</translation>
    </message>
    <message>
        <source>{0}: {1} verdicts, {2} outlined views, {3}; {4} of {5} upheld by QA</source>
        <translation>{0}: {1} Urteile, {2} umrandete Ansichten, {3}; {4} von {5} von QS bestätigt</translation>
    </message>
    <message>
        <source>Figures of quality</source>
        <translation>Kennzahlen der Qualität</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 Tag</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>NG parts by class</source>
        <translation>NG-Teile nach Fehlerart</translation>
    </message>
    <message>
        <source>Escapes and drift</source>
        <translation>Schlupf und Drift</translation>
    </message>
    <message>
        <source>People&apos;s work</source>
        <translation>Arbeit der Personen</translation>
    </message>
    <message>
        <source>On the right: their share, all above included.</source>
        <translation>Rechts: ihr Anteil, alle darüber eingerechnet.</translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message>
        <source>open</source>
        <translation>offen</translation>
    </message>
    <message>
        <source>since {0}</source>
        <translation>seit {0}</translation>
    </message>
    <message numerus="yes">
        <source>last %n hour(s)</source>
        <translation>
            <numerusform>letzte %n Stunde</numerusform>
            <numerusform>letzte %n Stunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last %n day(s)</source>
        <translation>
            <numerusform>letzter %n Tag</numerusform>
            <numerusform>letzte %n Tage</numerusform>
        </translation>
    </message>
    <message>
        <source>any</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Here because</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>Stufe</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Fehlerart</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Lot: the id begins with</source>
        <translation>Los: Kennung beginnt mit</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>Person</translation>
    </message>
    <message>
        <source>Model, as name/version</source>
        <translation>Modell: Name/Version</translation>
    </message>
    <message>
        <source>Score from</source>
        <translation>Wert ab</translation>
    </message>
    <message>
        <source>Score to</source>
        <translation>Wert bis</translation>
    </message>
    <message>
        <source>Size from, pixels</source>
        <translation>Größe ab, Pixel</translation>
    </message>
    <message>
        <source>Size to, pixels</source>
        <translation>Größe bis, Pixel</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>go through the cells; beyond the last one the page turns</source>
        <translation>durch die Felder gehen; hinter dem letzten wird umgeblättert</translation>
    </message>
    <message>
        <source>select the cell, or do not any more</source>
        <translation>das Feld auswählen, oder nicht mehr</translation>
    </message>
    <message>
        <source>select on the way</source>
        <translation>dabei auswählen</translation>
    </message>
    <message>
        <source>select the page; select nothing</source>
        <translation>die Seite auswählen; nichts auswählen</translation>
    </message>
    <message>
        <source>this class for all that is selected, else for the cell under the cursor</source>
        <translation>diese Fehlerart für alles Ausgewählte, sonst für das Feld unter der Marke</translation>
    </message>
    <message>
        <source>the other classes, where there are more than are shown</source>
        <translation>die anderen Fehlerarten, wo es mehr gibt als zu sehen sind</translation>
    </message>
    <message>
        <source>take the last change of classes back, all of it</source>
        <translation>die letzte Änderung der Fehlerarten ganz zurücknehmen</translation>
    </message>
    <message>
        <source>page before, next page, first page</source>
        <translation>Seite davor, nächste Seite, erste Seite</translation>
    </message>
    <message>
        <source>see the part large</source>
        <translation>das Teil groß sehen</translation>
    </message>
    <message>
        <source>outlines</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Davor</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Large</source>
        <translation>Groß</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>The pictures cannot be read.</source>
        <translation>Die Bilder lassen sich nicht lesen.</translation>
    </message>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>Kein Prüfprogramm: nichts kann gespeichert werden.</translation>
    </message>
    <message>
        <source>Log in to review.</source>
        <translation>Melden Sie sich zum Prüfen an.</translation>
    </message>
    <message>
        <source>Your role does not review: QA and administrators do.</source>
        <translation>Ihre Rolle prüft nicht nach: das tun QS und Administratoren.</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s): {0} · saved</source>
        <translation>
            <numerusform>%n Teil: {0} · gespeichert</numerusform>
            <numerusform>%n Teile: {0} · gespeichert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) taken back · saved</source>
        <translation>
            <numerusform>%n Teil zurückgenommen · gespeichert</numerusform>
            <numerusform>%n Teile zurückgenommen · gespeichert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) not: {0}</source>
        <translation>
            <numerusform>%n Teil nicht: {0}</numerusform>
            <numerusform>%n Teile nicht: {0}</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the queue …</source>
        <translation>Warteliste wird gelesen …</translation>
    </message>
    <message>
        <source>Nothing waits here.</source>
        <translation>Hier wartet nichts.</translation>
    </message>
    <message>
        <source>page {0} of {1}</source>
        <translation>Seite {0} von {1}</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln ausgewählt</numerusform>
            <numerusform>%Ln ausgewählt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Inspect</name>
    <message>
        <source>Your decision · {0} s</source>
        <translation>Ihre Entscheidung · {0} s</translation>
    </message>
    <message>
        <source>The part waits for you. After that the PLC is told “not decidable” and rejects it.</source>
        <translation>Das Teil wartet auf Sie. Danach erhält die SPS „unentscheidbar“ und schleust es aus.</translation>
    </message>
    <message>
        <source>The next part is shown as soon as it is judged.</source>
        <translation>Das nächste Teil erscheint, sobald es beurteilt ist.</translation>
    </message>
    <message>
        <source>Also waiting for you: {0}</source>
        <translation>Warten auch auf Sie: {0}</translation>
    </message>
    <message>
        <source>The model is sure: {0}</source>
        <translation>Das Modell ist sicher: {0}</translation>
    </message>
    <message>
        <source>Tap {0} once more if you are sure too.</source>
        <translation>Noch einmal {0} tippen, wenn Sie auch sicher sind.</translation>
    </message>
    <message>
        <source>Fetch back: {0}</source>
        <translation>Zurückholen: {0}</translation>
    </message>
    <message>
        <source>It passed the gate before it was called NG. Take it off the line.</source>
        <translation>Es war schon durch die Weiche, als es NG wurde. Von der Linie nehmen.</translation>
    </message>
    <message>
        <source>Back to the line</source>
        <translation>Zurück zur Linie</translation>
    </message>
    <message>
        <source>Back to the line · {0} newer</source>
        <translation>Zurück zur Linie · {0} neuer</translation>
    </message>
</context>
<context>
    <name>InspectPage</name>
    <message>
        <source>Inspect</source>
        <translation>Prüfen</translation>
    </message>
    <message>
        <source>Part {0}: nobody decided in time</source>
        <translation>Teil {0}: niemand hat rechtzeitig entschieden</translation>
    </message>
    <message>
        <source>The PLC was told “not decidable”, so it rejects the part. A verdict now changes the records only.</source>
        <translation>Die SPS erhielt „unentscheidbar“ und schleust das Teil aus. Ein Urteil ändert jetzt nur noch die Aufzeichnung.</translation>
    </message>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>Kein Prüfprogramm: nichts kann gespeichert werden.</translation>
    </message>
    <message>
        <source>Scan your badge to decide.</source>
        <translation>Zum Entscheiden Ausweis scannen.</translation>
    </message>
    <message>
        <source>Your role does not decide parts.</source>
        <translation>Ihre Rolle entscheidet keine Teile.</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>This part cannot be read.</source>
        <translation>Dieses Teil ist nicht lesbar.</translation>
    </message>
    <message>
        <source>No part to decide.</source>
        <translation>Kein Teil zu entscheiden.</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>Das Teil wird gelesen …</translation>
    </message>
    <message>
        <source>A picture is missing: this part cannot be decided.</source>
        <translation>Ein Bild fehlt: dieses Teil kann nicht entschieden werden.</translation>
    </message>
    <message>
        <source>{0}: {1} again · saved</source>
        <translation>{0}: wieder {1} · gespeichert</translation>
    </message>
    <message>
        <source>{0}: {1} saved · undo</source>
        <translation>{0}: {1} gespeichert · zurück</translation>
    </message>
    <message>
        <source>{0} stands until you decide again</source>
        <translation>{0} gilt, bis Sie neu entscheiden</translation>
    </message>
    <message>
        <source>It is saved. The other button supersedes it.</source>
        <translation>Es ist gespeichert. Die andere Taste ersetzt es.</translation>
    </message>
    <message>
        <source>{0} decided part {1} a moment ago. Look at it again.</source>
        <translation>{0} hat Teil {1} eben entschieden. Bitte neu ansehen.</translation>
    </message>
</context>
<context>
    <name>KeptBand</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source> · {0} more</source>
        <translation> · {0} weitere</translation>
    </message>
    <message>
        <source>What was drawn before the screen stopped is here again. It is not with the engine yet.</source>
        <translation>Was vor dem Abbruch gezeichnet wurde, ist wieder da. Das Prüfprogramm hat es noch nicht.</translation>
    </message>
    <message>
        <source>Recovered: part {0}</source>
        <translation>Wiederhergestellt: Teil {0}</translation>
    </message>
    <message>
        <source>The outlines are on this screen&apos;s disk only. Open the part to send them.</source>
        <translation>Die Umrisse liegen nur auf diesem Rechner. Zum Senden das Teil öffnen.</translation>
    </message>
    <message>
        <source>Not saved: outlines of part {0}</source>
        <translation>Nicht gespeichert: Umrisse von Teil {0}</translation>
    </message>
</context>
<context>
    <name>KeyList</name>
    <message>
        <source>Keys · {0}</source>
        <translation>Tasten · {0}</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>KnownChart</name>
    <message>
        <source>Nobody judged a part whose answer is known.</source>
        <translation>Niemand hat ein Teil mit bekannter Antwort beurteilt.</translation>
    </message>
    <message>
        <source>Missed bad parts</source>
        <translation>Übersehene schlechte Teile</translation>
    </message>
    <message>
        <source>False alarms</source>
        <translation>Fehlalarme</translation>
    </message>
    <message>
        <source>{0} more: see `station report`.</source>
        <translation>{0} weitere: siehe `station report`.</translation>
    </message>
    <message>
        <source>{0} of {1}: not enough data</source>
        <translation>{0} von {1}: zu wenig Daten</translation>
    </message>
    <message>
        <source>{0} ({1} to {2}), {3}</source>
        <translation>{0} ({1} bis {2}), {3}</translation>
    </message>
    <message>
        <source>good</source>
        <translation>gut</translation>
    </message>
    <message>
        <source>marginal</source>
        <translation>grenzwertig</translation>
    </message>
    <message>
        <source>poor</source>
        <translation>schlecht</translation>
    </message>
</context>
<context>
    <name>LearnCard</name>
    <message>
        <source>Starting …</source>
        <translation>Beginnt …</translation>
    </message>
    <message>
        <source>Ending …</source>
        <translation>Wird beendet …</translation>
    </message>
    <message>
        <source>Cancelled; nothing was deployed.</source>
        <translation>Abgebrochen; nichts wurde übernommen.</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>Das hat nicht geklappt: {0}</translation>
    </message>
    <message>
        <source>Learning needs the station&apos;s configuration: start the screen with --config.</source>
        <translation>Zum Lernen wird die Konfiguration der Station gebraucht: den Bildschirm mit --config starten.</translation>
    </message>
    <message>
        <source>The engine holds cameras and journal. Stop it to learn: this page stays, and so does your login.</source>
        <translation>Das Prüfprogramm belegt Kameras und Journal. Zum Lernen anhalten: diese Seite bleibt, Ihre Anmeldung auch.</translation>
    </message>
    <message>
        <source>Put good parts before the cameras. What is learned is deployed at once, and each picture is kept as a good one.</source>
        <translation>Gutteile vor die Kameras legen. Das Gelernte wird sofort übernommen, jedes Bild als gut aufbewahrt.</translation>
    </message>
    <message>
        <source>Learn the good part</source>
        <translation>Gutteil lernen</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>Lernen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>LineCard</name>
    <message>
        <source>Pausing …</source>
        <translation>Wird angehalten …</translation>
    </message>
    <message>
        <source>Going on …</source>
        <translation>Geht weiter …</translation>
    </message>
    <message>
        <source>A pause takes no more parts; the PLC sees the station offline. Parts in hand are finished.</source>
        <translation>In der Pause werden keine Teile angenommen; die SPS sieht die Station offline. Begonnene Teile werden fertig geprüft.</translation>
    </message>
    <message>
        <source>No parts are taken until somebody goes on, also after a restart.</source>
        <translation>Es werden keine Teile angenommen, bis jemand fortsetzt, auch nach einem Neustart.</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Linie</translation>
    </message>
    <message>
        <source>Cleaning</source>
        <translation>Reinigung</translation>
    </message>
    <message>
        <source>Set-up</source>
        <translation>Rüsten</translation>
    </message>
    <message>
        <source>Maintenance</source>
        <translation>Wartung</translation>
    </message>
    <message>
        <source>No material</source>
        <translation>Kein Material</translation>
    </message>
    <message>
        <source>Pause the line</source>
        <translation>Linie anhalten</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
</context>
<context>
    <name>LivePanel</name>
    <message>
        <source>The pictures cannot be read. {0}</source>
        <translation>Die Bilder sind nicht lesbar. {0}</translation>
    </message>
    <message>
        <source>No part has been inspected yet.</source>
        <translation>Noch kein Teil geprüft.</translation>
    </message>
</context>
<context>
    <name>LoginPanel</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>That is not right. Try again.</source>
        <translation>Das stimmt nicht. Noch einmal versuchen.</translation>
    </message>
    <message>
        <source>Locked after too many tries.</source>
        <translation>Nach zu vielen Versuchen gesperrt.</translation>
    </message>
    <message>
        <source>Not logged in.</source>
        <translation>Nicht angemeldet.</translation>
    </message>
    <message>
        <source>Name and password</source>
        <translation>Name und Passwort</translation>
    </message>
    <message>
        <source>Your PIN</source>
        <translation>Ihre PIN</translation>
    </message>
    <message>
        <source>Badge read. Type the PIN and tap ✓.</source>
        <translation>Ausweis gelesen. PIN eingeben und ✓ tippen.</translation>
    </message>
    <message>
        <source>Scan your badge</source>
        <translation>Ausweis scannen</translation>
    </message>
    <message>
        <source>Hold it to the reader, or type what is on it and Enter; the PIN is asked for next.</source>
        <translation>An den Leser halten oder abtippen und Enter; danach wird die PIN verlangt.</translation>
    </message>
    <message>
        <source>The engine is not there; logging in works as soon as it is back.</source>
        <translation>Das Prüfprogramm fehlt; anmelden geht, sobald es wieder da ist.</translation>
    </message>
    <message>
        <source>Being checked …</source>
        <translation>Wird geprüft …</translation>
    </message>
    <message>
        <source>Badge and PIN instead</source>
        <translation>Ausweis und PIN</translation>
    </message>
    <message>
        <source>Name and password instead</source>
        <translation>Name und Passwort</translation>
    </message>
</context>
<context>
    <name>NgMode</name>
    <message>
        <source>The model sees nothing there. Draw around it instead.</source>
        <translation>Das Modell sieht dort nichts. Bitte von Hand umfahren.</translation>
    </message>
</context>
<context>
    <name>NgPage</name>
    <message>
        <source>Tap the model&apos;s outline, or draw around the defect.</source>
        <translation>Umriss des Modells tippen oder den Fehler umfahren.</translation>
    </message>
    <message>
        <source>What is it? Tap its class.</source>
        <translation>Was ist es? Fehlerart tippen.</translation>
    </message>
    <message>
        <source>For which outline? Tap the outline first.</source>
        <translation>Für welchen Umriss? Zuerst den Umriss tippen.</translation>
    </message>
    <message>
        <source>Classes of the whole picture: tap to set, tap again to take away.</source>
        <translation>Fehlerarten des ganzen Bildes: tippen setzt, nochmals tippen nimmt weg.</translation>
    </message>
    <message>
        <source>Draw another one, or be done. The next part takes over by itself.</source>
        <translation>Noch einen zeichnen oder fertig. Das nächste Teil kommt von selbst.</translation>
    </message>
    <message>
        <source>What are these {0}? One tap for all of them.</source>
        <translation>Was sind diese {0}? Einmal tippen für alle.</translation>
    </message>
    <message>
        <source>Draw another one, or be done.</source>
        <translation>Noch einen zeichnen, oder fertig.</translation>
    </message>
    <message>
        <source>Outlines saved</source>
        <translation>Umrisse gespeichert</translation>
    </message>
    <message>
        <source>The draft cannot be kept on this disk</source>
        <translation>Der Entwurf kann hier nicht gespeichert werden</translation>
    </message>
    <message>
        <source>What was drawn before the screen stopped is here again. It is not with the engine yet.</source>
        <translation>Was vor dem Abbruch gezeichnet wurde, ist wieder da. Das Prüfprogramm hat es noch nicht.</translation>
    </message>
    <message>
        <source>Recovered</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Not saved; it is kept here</source>
        <translation>Nicht gespeichert; liegt noch hier</translation>
    </message>
    <message>
        <source>The engine is away. All of it is kept on this screen&apos;s disk; send it when the engine is back.</source>
        <translation>Das Prüfprogramm ist weg. Alles liegt auf diesem Rechner; senden, sobald es wieder da ist.</translation>
    </message>
    <message>
        <source>Somebody else has outlined this part meanwhile.</source>
        <translation>Jemand anders hat dieses Teil inzwischen umrissen.</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>NG saved</source>
        <translation>NG gespeichert</translation>
    </message>
    <message>
        <source>Not saved yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>Neu senden</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>NG without outline</source>
        <translation>NG ohne Umriss</translation>
    </message>
</context>
<context>
    <name>NotesCard</name>
    <message>
        <source>No note yet.</source>
        <translation>Noch keine Notiz.</translation>
    </message>
    <message>
        <source>Log in to leave a note.</source>
        <translation>Zum Schreiben anmelden.</translation>
    </message>
    <message>
        <source>The engine is away. The note is handed over when it is back.</source>
        <translation>Das Prüfprogramm ist weg. Die Notiz wird übergeben, sobald es wieder da ist.</translation>
    </message>
    <message>
        <source>Handing over …</source>
        <translation>Wird übergeben …</translation>
    </message>
    <message>
        <source>Hand-over notes</source>
        <translation>Übergabe</translation>
    </message>
    <message>
        <source>All quiet.</source>
        <translation>Alles ruhig.</translation>
    </message>
    <message>
        <source>Lens cleaned.</source>
        <translation>Objektiv gereinigt.</translation>
    </message>
    <message>
        <source>Light looks weaker.</source>
        <translation>Licht wirkt schwächer.</translation>
    </message>
    <message>
        <source>New material.</source>
        <translation>Neues Material.</translation>
    </message>
    <message>
        <source>Watch for scratches.</source>
        <translation>Auf Kratzer achten.</translation>
    </message>
    <message>
        <source>Maintenance is called.</source>
        <translation>Wartung ist gerufen.</translation>
    </message>
    <message>
        <source>Anything else to say</source>
        <translation>Sonst noch etwas</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>Übergeben</translation>
    </message>
</context>
<context>
    <name>OnePage</name>
    <message>
        <source>Parts</source>
        <translation>Teile</translation>
    </message>
    <message>
        <source>next part, part before</source>
        <translation>nächstes Teil, Teil davor</translation>
    </message>
    <message>
        <source>accept: the judgement stands; a part that was not decidable is OK</source>
        <translation>annehmen: das Urteil gilt; ein unentscheidbares Teil ist OK</translation>
    </message>
    <message>
        <source>reject: it is the other way round; a part that was not decidable is NG</source>
        <translation>ablehnen: es ist umgekehrt; ein unentscheidbares Teil ist NG</translation>
    </message>
    <message>
        <source>NG of this class: all its outlines get it</source>
        <translation>NG mit dieser Fehlerart: alle Umrisse bekommen sie</translation>
    </message>
    <message>
        <source>the other classes, where there are more than are shown</source>
        <translation>die anderen Fehlerarten, wo es mehr gibt als zu sehen sind</translation>
    </message>
    <message>
        <source>the labels need rework; the next key says why</source>
        <translation>die Umrisse brauchen Nacharbeit; die nächste Taste sagt warum</translation>
    </message>
    <message>
        <source>edit the outlines; Enter: done and NG, Esc: back</source>
        <translation>Umrisse bearbeiten; Enter: fertig und NG, Esc: zurück</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>zurücknehmen</translation>
    </message>
    <message>
        <source>a part you have decided becomes a golden part: its answer is known, and reviewers are tried on it</source>
        <translation>ein entschiedenes Teil wird Kontrollteil: seine Antwort ist bekannt, und Prüfer werden daran gemessen</translation>
    </message>
    <message>
        <source>heat</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>outlines</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <source>golden sample in the part&apos;s place, and back</source>
        <translation>Gutmuster an Stelle des Teils, und zurück</translation>
    </message>
    <message>
        <source>the worst place large, and back</source>
        <translation>die schlimmste Stelle groß, und zurück</translation>
    </message>
    <message>
        <source>whole part</source>
        <translation>ganzes Teil</translation>
    </message>
    <message>
        <source>defect book of the class</source>
        <translation>Fehlerbuch der Fehlerart</translation>
    </message>
    <message>
        <source>show the part that the note is about</source>
        <translation>das Teil zeigen, um das es im Hinweis geht</translation>
    </message>
    <message>
        <source>put the note away</source>
        <translation>den Hinweis schließen</translation>
    </message>
    <message>
        <source>move the picture</source>
        <translation>das Bild bewegen</translation>
    </message>
</context>
<context>
    <name>PChartView</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>Noch keine Teile in dieser Schicht.</translation>
    </message>
</context>
<context>
    <name>PaceChart</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>Noch keine Teile in dieser Schicht.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>other …</source>
        <translation>andere …</translation>
    </message>
</context>
<context>
    <name>ParetoChart</name>
    <message>
        <source>No NG part in this shift.</source>
        <translation>Kein NG-Teil in dieser Schicht.</translation>
    </message>
    <message>
        <source>all others</source>
        <translation>alle anderen</translation>
    </message>
    <message>
        <source>anomaly, not named</source>
        <translation>unbenannt</translation>
    </message>
    <message>
        <source>without an outline</source>
        <translation>ohne Umriss</translation>
    </message>
</context>
<context>
    <name>PictureBar</name>
    <message>
        <source>Heat</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>Umrisse</translation>
    </message>
    <message>
        <source>Compare: hold</source>
        <translation>Vergleich: halten</translation>
    </message>
    <message>
        <source>Whole part</source>
        <translation>Ganzes Teil</translation>
    </message>
    <message>
        <source>How strongly the heat is seen</source>
        <translation>Stärke der Heatmap</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>with {0} now</source>
        <translation>jetzt bei {0}</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Queue</source>
        <translation>Liste</translation>
    </message>
    <message>
        <source>go through the list</source>
        <translation>durch die Liste gehen</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>ebenso</translation>
    </message>
    <message>
        <source>review these parts, the chosen one first</source>
        <translation>diese Teile prüfen, das gewählte zuerst</translation>
    </message>
    <message>
        <source>only parts that are here because of this; again: all</source>
        <translation>nur Teile aus diesem Grund; noch einmal: alle</translation>
    </message>
    <message>
        <source>everything: take the filter away</source>
        <translation>alles: den Filter aufheben</translation>
    </message>
    <message>
        <source>go to the filter&apos;s fields; Tab goes on, Esc leaves them</source>
        <translation>zu den Feldern des Filters; Tab geht weiter, Esc verlässt sie</translation>
    </message>
    <message>
        <source>go to the kept views</source>
        <translation>zu den gemerkten Ansichten</translation>
    </message>
    <message>
        <source>Review these</source>
        <translation>Diese prüfen</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Keep view</source>
        <translation>Merken</translation>
    </message>
    <message>
        <source>Forget view</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Name of the view</source>
        <translation>Name der Ansicht</translation>
    </message>
    <message>
        <source>View {0} is kept.</source>
        <translation>Ansicht {0} ist gemerkt.</translation>
    </message>
    <message>
        <source>View {0} is forgotten.</source>
        <translation>Ansicht {0} ist vergessen.</translation>
    </message>
    <message>
        <source>The queue cannot be read.</source>
        <translation>Die Warteliste lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>Reading the queue …</source>
        <translation>Warteliste wird gelesen …</translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln Teil</numerusform>
            <numerusform>%Ln Teile</numerusform>
        </translation>
    </message>
    <message>
        <source>{0} of {1} in the queue</source>
        <translation>{0} von {1} in der Liste</translation>
    </message>
    <message>
        <source>Nothing waits here. Take the filter away, or come back later.</source>
        <translation>Hier wartet nichts. Heben Sie den Filter auf, oder kommen Sie später wieder.</translation>
    </message>
    <message>
        <source>Kept views</source>
        <translation>Gemerkte Ansichten</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>critical</source>
        <translation>kritisch</translation>
    </message>
    <message>
        <source>major</source>
        <translation>Hauptfehler</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>Nebenfehler</translation>
    </message>
    <message>
        <source>{what}: score {score}, OK only below {limit}</source>
        <translation>{what}: Wert {score}, OK erst unter {limit}</translation>
    </message>
    <message>
        <source>{what}: score {score}, limit {limit}</source>
        <translation>{what}: Wert {score}, Grenze {limit}</translation>
    </message>
    <message>
        <source>{what}: {count} found, limit {limit}</source>
        <translation>{what}: {count} gefunden, Grenze {limit}</translation>
    </message>
    <message>
        <source>{what} and {count} more, which no rule accepts</source>
        <translation>{what} und {count} weitere, die keine Regel zulässt</translation>
    </message>
    <message>
        <source>{what}, which no rule accepts</source>
        <translation>{what}, von keiner Regel zugelassen</translation>
    </message>
    <message>
        <source>no defect</source>
        <translation>kein Fehler</translation>
    </message>
    <message>
        <source>{count} found, all accepted by the rules</source>
        <translation>{count} gefunden, alle von den Regeln zugelassen</translation>
    </message>
    <message>
        <source>nothing under {zone} was inspected</source>
        <translation>unter {zone} wurde nichts geprüft</translation>
    </message>
    <message>
        <source>ignore zone {zone} left something out</source>
        <translation>die ausgenommene Zone {zone} ließ etwas weg</translation>
    </message>
    <message>
        <source>anomaly</source>
        <translation>Auffälligkeit</translation>
    </message>
    <message>
        <source>defects</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>all defects</source>
        <translation>alle Fehler</translation>
    </message>
    <message>
        <source>{what} at ({x}, {y}) px</source>
        <translation>{what} bei ({x}, {y}) px</translation>
    </message>
    <message>
        <source>{what} in zone {zone}</source>
        <translation>{what} in Zone {zone}</translation>
    </message>
    <message>
        <source>{0}; too near to tell, {1}</source>
        <translation>{0}; zu knapp, {1}</translation>
    </message>
    <message>
        <source>for a person to decide</source>
        <translation>ein Mensch entscheidet</translation>
    </message>
    <message>
        <source>{what}: {size} long, limit {limit}</source>
        <translation>{what}: {size} lang, Grenze {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} wide, limit {limit}</source>
        <translation>{what}: {size} breit, Grenze {limit}</translation>
    </message>
    <message>
        <source>{what}: {size}, limit {limit}</source>
        <translation>{what}: {size}, Grenze {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} together, limit {limit}</source>
        <translation>{what}: zusammen {size}, Grenze {limit}</translation>
    </message>
    <message>
        <source>{what}: {size} from the next, limit {limit}</source>
        <translation>{what}: {size} bis zum nächsten, Grenze {limit}</translation>
    </message>
</context>
<context>
    <name>RecipeCard</name>
    <message>
        <source>{0} (in use)</source>
        <translation>{0} (in Gebrauch)</translation>
    </message>
    <message>
        <source>The engine starts again with recipe {0}.</source>
        <translation>Das Prüfprogramm startet mit Rezept {0} neu.</translation>
    </message>
    <message>
        <source>Changing to {0} …</source>
        <translation>Wechsel zu {0} …</translation>
    </message>
    <message>
        <source>Read {0} again: if its file has changed, the engine starts again with it. Meanwhile the line takes no parts; those in hand are finished first.</source>
        <translation>{0} neu lesen: wurde die Datei geändert, startet das Prüfprogramm damit neu. Solange nimmt die Linie keine Teile an; begonnene werden zuerst fertig geprüft.</translation>
    </message>
    <message>
        <source>Change to {0}: the engine starts again. Meanwhile the line takes no parts; those in hand are finished first.</source>
        <translation>Wechsel zu {0}: das Prüfprogramm startet neu. Solange nimmt die Linie keine Teile an; begonnene werden zuerst fertig geprüft.</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>The engine has not said yet.</source>
        <translation>Das Prüfprogramm hat noch nichts gemeldet.</translation>
    </message>
    <message>
        <source>{0}, version {1}, number {2} for the PLC</source>
        <translation>{0}, Version {1}, Nummer {2} für die SPS</translation>
    </message>
    <message>
        <source>Change over</source>
        <translation>Wechseln</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Belassen</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message>
        <source>No engine: nothing can be saved.</source>
        <translation>Kein Prüfprogramm: nichts kann gespeichert werden.</translation>
    </message>
    <message>
        <source>Log in to review.</source>
        <translation>Melden Sie sich zum Prüfen an.</translation>
    </message>
    <message>
        <source>Your role does not review: QA and administrators do.</source>
        <translation>Ihre Rolle prüft nicht nach: das tun QS und Administratoren.</translation>
    </message>
    <message>
        <source>No part to review.</source>
        <translation>Kein Teil zu prüfen.</translation>
    </message>
    <message>
        <source>You have said it. Z takes it back, J goes on.</source>
        <translation>Sie haben entschieden. Z nimmt es zurück, J geht weiter.</translation>
    </message>
    <message>
        <source>This part cannot be read.</source>
        <translation>Dieses Teil lässt sich nicht lesen.</translation>
    </message>
    <message>
        <source>The part is being read …</source>
        <translation>Das Teil wird gelesen …</translation>
    </message>
    <message>
        <source>A picture is missing: this part cannot be decided. J goes on.</source>
        <translation>Ein Bild fehlt: dieses Teil kann nicht entschieden werden. J geht weiter.</translation>
    </message>
    <message>
        <source>A second opinion comes first</source>
        <translation>Erst die zweite Meinung</translation>
    </message>
    <message>
        <source>Somebody&apos;s outlines may not be seen before you have said A, R, N or a class.</source>
        <translation>Die Umrisse eines anderen sind erst zu sehen, wenn Sie A, R, N oder eine Fehlerart gegeben haben.</translation>
    </message>
    <message>
        <source>{0}: golden part, the answer is {1} · saved</source>
        <translation>{0}: Kontrollteil, die Antwort ist {1} · gespeichert</translation>
    </message>
    <message>
        <source>{0}: no golden part any more · saved</source>
        <translation>{0}: kein Kontrollteil mehr · gespeichert</translation>
    </message>
    <message>
        <source>{0}: {1} · saved</source>
        <translation>{0}: {1} · gespeichert</translation>
    </message>
    <message>
        <source>Fetch back {0}</source>
        <translation>{0} zurückholen</translation>
    </message>
    <message>
        <source>It is NG and has passed the gate already: have it taken off.</source>
        <translation>Es ist NG und schon durch die Schleuse: lassen Sie es herausnehmen.</translation>
    </message>
    <message>
        <source>{0}: reviewers differ</source>
        <translation>{0}: die Prüfer sind uneins</translation>
    </message>
    <message>
        <source>Somebody who has not reviewed it decides.</source>
        <translation>Jemand, der es nicht geprüft hat, entscheidet.</translation>
    </message>
    <message>
        <source>{0}: taken back · saved</source>
        <translation>{0}: zurückgenommen · gespeichert</translation>
    </message>
    <message>
        <source>Not lent to you</source>
        <translation>Nicht an Sie vergeben</translation>
    </message>
    <message>
        <source>Somebody else has this part now, or it is not in the queue any more.</source>
        <translation>Jemand anders hat dieses Teil jetzt, oder es ist nicht mehr in der Liste.</translation>
    </message>
    <message>
        <source>{0} was decided meanwhile</source>
        <translation>{0} wurde inzwischen entschieden</translation>
    </message>
    <message>
        <source>{0} says {1}. J goes on; to judge it anew, open it from the queue.</source>
        <translation>{0} sagt {1}. J geht weiter; um neu zu urteilen, öffnen Sie es aus der Liste.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>rework: {0}</source>
        <translation>Nacharbeit: {0}</translation>
    </message>
    <message>
        <source>{0} accepted</source>
        <translation>{0} angenommen</translation>
    </message>
    <message>
        <source>now {0}</source>
        <translation>jetzt {0}</translation>
    </message>
    <message>
        <source>by QA</source>
        <translation>von der QS</translation>
    </message>
    <message>
        <source>by an operator</source>
        <translation>von einem Bediener</translation>
    </message>
    <message>
        <source>Here because: {0}</source>
        <translation>Grund: {0}</translation>
    </message>
    <message>
        <source>Parts are being taken …</source>
        <translation>Teile werden geholt …</translation>
    </message>
    <message>
        <source>No parts left in this view. F1 shows the queue and other views; K goes back.</source>
        <translation>Keine Teile mehr in dieser Ansicht. F1 zeigt die Liste und andere Ansichten; K geht zurück.</translation>
    </message>
    <message>
        <source>No parts in this view, or others have them. F1 shows the queue.</source>
        <translation>Keine Teile in dieser Ansicht, oder andere haben sie. F1 zeigt die Liste.</translation>
    </message>
    <message>
        <source>{0}, reviewing: {1}</source>
        <translation>{0}, Prüfung: {1}</translation>
    </message>
    <message>
        <source>No golden part</source>
        <translation>Kein Kontrollteil</translation>
    </message>
    <message>
        <source>Golden part</source>
        <translation>Kontrollteil</translation>
    </message>
    <message>
        <source>Being saved …</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>NG</source>
        <translation>NG</translation>
    </message>
    <message>
        <source>not decidable</source>
        <translation>unentscheidbar</translation>
    </message>
    <message>
        <source>disagreement</source>
        <translation>uneins</translation>
    </message>
    <message>
        <source>second opinion</source>
        <translation>zweite Meinung</translation>
    </message>
    <message>
        <source>random sample</source>
        <translation>Stichprobe</translation>
    </message>
    <message>
        <source>unlike before</source>
        <translation>anders als sonst</translation>
    </message>
    <message>
        <source>label in doubt</source>
        <translation>Angabe zweifelhaft</translation>
    </message>
    <message>
        <source>known answer</source>
        <translation>Antwort bekannt</translation>
    </message>
    <message>
        <source>first look</source>
        <translation>erste Prüfung</translation>
    </message>
    <message>
        <source>adjudication</source>
        <translation>Schiedsurteil</translation>
    </message>
    <message>
        <source>rework</source>
        <translation>Nacharbeit</translation>
    </message>
    <message>
        <source>done</source>
        <translation>erledigt</translation>
    </message>
    <message>
        <source>wrong class</source>
        <translation>falsche Fehlerart</translation>
    </message>
    <message>
        <source>too loose</source>
        <translation>zu weit</translation>
    </message>
    <message>
        <source>sloppy outline</source>
        <translation>ungenau umrissen</translation>
    </message>
    <message>
        <source>defect missed</source>
        <translation>Fehler übersehen</translation>
    </message>
    <message>
        <source>only part of it</source>
        <translation>nur ein Teil davon</translation>
    </message>
</context>
<context>
    <name>ReviewColumn</name>
    <message>
        <source>Needs rework</source>
        <translation>Nacharbeit</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>ReviewWindow</name>
    <message>
        <source>Inspection station · review</source>
        <translation>Inspection station · Nachprüfung</translation>
    </message>
    <message>
        <source>No connection to the engine</source>
        <translation>Keine Verbindung zum Prüfprogramm</translation>
    </message>
    <message>
        <source>{0}. Parts can be looked at, and nothing can be saved. It reconnects by itself.</source>
        <translation>{0}. Teile lassen sich ansehen, gespeichert werden kann nichts. Die Verbindung kommt von selbst wieder.</translation>
    </message>
    <message>
        <source>No line runs here</source>
        <translation>Hier läuft keine Linie</translation>
    </message>
    <message>
        <source>The review keeps the records itself. When the engine starts it takes over; log in again then.</source>
        <translation>Die Nachprüfung führt die Aufzeichnungen selbst. Startet das Prüfprogramm, übernimmt es; melden Sie sich dann neu an.</translation>
    </message>
    <message>
        <source>You may look, not review</source>
        <translation>Sie dürfen ansehen, nicht prüfen</translation>
    </message>
    <message>
        <source>Parts are reviewed by QA and administrators. Ask an administrator for the role, or log in anew.</source>
        <translation>Teile prüfen QS und Administratoren. Bitten Sie einen Administrator um die Rolle, oder melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>{0} wait · {1} reviewed</source>
        <translation>{0} warten · {1} geprüft</translation>
    </message>
    <message>
        <source>the pages</source>
        <translation>die Seiten</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>diese Liste</translation>
    </message>
</context>
<context>
    <name>ReworkPanel</name>
    <message>
        <source>What is wrong with the labels?</source>
        <translation>Was stimmt an den Umrissen nicht?</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>The engine no longer knows this login. Scan your badge again.</source>
        <translation>Das Prüfprogramm kennt diese Anmeldung nicht mehr. Ausweis neu scannen.</translation>
    </message>
    <message>
        <source>The engine started again. Scan your badge again.</source>
        <translation>Das Prüfprogramm ist neu gestartet. Ausweis neu scannen.</translation>
    </message>
    <message numerus="yes">
        <source>Logged out after %n minute(s) without a touch.</source>
        <translation>
            <numerusform>Nach %n Minute ohne Berührung abgemeldet.</numerusform>
            <numerusform>Nach %n Minuten ohne Berührung abgemeldet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>ShelfCard</name>
    <message>
        <source>Trying version {0} of {1} before it is deployed …</source>
        <translation>Version {0} von {1} wird vor der Übernahme geprüft …</translation>
    </message>
    <message>
        <source>Trying the version of {0} that was deployed before …</source>
        <translation>Die vorherige Version von {0} wird geprüft …</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>Das hat nicht geklappt: {0}</translation>
    </message>
    <message>
        <source>Version {0} of {1} is deployed. A running line takes it up within seconds, between two parts.</source>
        <translation>Version {0} von {1} ist übernommen. Eine laufende Linie nutzt sie in Sekunden, zwischen zwei Teilen.</translation>
    </message>
    <message>
        <source>There is no model yet: learn the good part.</source>
        <translation>Noch kein Modell: das Gutteil lernen.</translation>
    </message>
    <message>
        <source>Go back to the version before</source>
        <translation>Zurück zur vorherigen Version</translation>
    </message>
    <message>
        <source>version {0}</source>
        <translation>Version {0}</translation>
    </message>
    <message>
        <source>{0}, {1} UTC, {2}</source>
        <translation>{0}, {1} UTC, {2}</translation>
    </message>
    <message>
        <source>deployed</source>
        <translation>in Gebrauch</translation>
    </message>
    <message>
        <source>Deploy</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Models on the shelf</source>
        <translation>Vorhandene Modelle</translation>
    </message>
    <message>
        <source>A version is loaded and has to answer before it is deployed; otherwise the present one stays.</source>
        <translation>Eine Version wird erst geladen und muss antworten; sonst bleibt die jetzige.</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Inspection station</source>
        <translation>Prüfstation</translation>
    </message>
    <message>
        <source> · clock not set</source>
        <translation> · Uhr nicht gestellt</translation>
    </message>
    <message>
        <source>No connection to the engine</source>
        <translation>Keine Verbindung zum Prüfprogramm</translation>
    </message>
    <message>
        <source>{0}. What you see is the last it said, and nothing can be saved. It reconnects by itself; start `station run` if the line should be running.</source>
        <translation>{0}. Sie sehen den letzten Stand; nichts kann gespeichert werden. Die Verbindung kommt von selbst wieder; `station run` starten, falls die Linie laufen soll.</translation>
    </message>
    <message>
        <source>{0} (and {1} more)</source>
        <translation>{0} (und {1} weitere)</translation>
    </message>
</context>
<context>
    <name>ShiftCounter</name>
    <message>
        <source>shift {0}: no parts yet</source>
        <translation>Schicht {0}: noch keine Teile</translation>
    </message>
    <message numerus="yes">
        <source>shift {0}: %Ln part(s) · yield {1} %</source>
        <translation>
            <numerusform>Schicht {0}: %Ln Teil · gut {1} %</numerusform>
            <numerusform>Schicht {0}: %Ln Teile · gut {1} %</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShiftPage</name>
    <message>
        <source>Shift</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>The clock of this machine is not set.</source>
        <translation>Die Uhr dieses Rechners ist nicht gestellt.</translation>
    </message>
    <message>
        <source>Parts cannot be told by shift. Set the clock, or check the network&apos;s time server.</source>
        <translation>Teile lassen sich keiner Schicht zuordnen. Uhr stellen oder den Zeitserver im Netz prüfen.</translation>
    </message>
    <message>
        <source>The figures of the shift cannot be read.</source>
        <translation>Die Zahlen der Schicht sind nicht lesbar.</translation>
    </message>
    <message>
        <source>Shift {0}, {1} to {2}, {3}</source>
        <translation>Schicht {0}, {1}–{2}, {3}</translation>
    </message>
    <message>
        <source>They said the opposite on {0} of {1} parts: {2} to {3} % of all such parts (95 % sure).</source>
        <translation>Gegenteilig bei {0} von {1} Teilen: {2} bis {3} % aller solchen Teile (95 % sicher).</translation>
    </message>
    <message>
        <source>Model and people</source>
        <translation>Modell und Mensch</translation>
    </message>
    <message>
        <source>Every {0} minutes; dashed: as far as chance goes (3 sigma).</source>
        <translation>Alle {0} Minuten; gestrichelt: soweit der Zufall reicht (3 Sigma).</translation>
    </message>
    <message>
        <source>✕: more than chance, look for a cause.</source>
        <translation>✕: mehr als Zufall, Ursache suchen.</translation>
    </message>
    <message>
        <source>So few are rejected that the limits are rough.</source>
        <translation>Es sind so wenige, dass die Grenzen grob sind.</translation>
    </message>
    <message>
        <source>Rejected parts</source>
        <translation>Ausgeschleuste Teile</translation>
    </message>
    <message>
        <source>Shift before</source>
        <translation>Frühere Schicht</translation>
    </message>
    <message>
        <source>Shift after</source>
        <translation>Spätere Schicht</translation>
    </message>
    <message>
        <source>NG parts by class</source>
        <translation>NG-Teile nach Fehlerart</translation>
    </message>
    <message>
        <source>On the right: their share, all above included.</source>
        <translation>Rechts: ihr Anteil, alle darüber eingerechnet.</translation>
    </message>
    <message>
        <source>Parts an hour</source>
        <translation>Teile je Stunde</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>last ten</source>
        <translation>letzte zehn</translation>
    </message>
</context>
<context>
    <name>TaktBar</name>
    <message>
        <source>waits for you: {0} s</source>
        <translation>wartet auf Sie: {0} s</translation>
    </message>
    <message>
        <source>takt {0} s · no part yet</source>
        <translation>Takt {0} s · noch kein Teil</translation>
    </message>
    <message>
        <source>last part {0} s ago · takt {1} s</source>
        <translation>letztes Teil vor {0} s · Takt {1} s</translation>
    </message>
    <message>
        <source>takt {0} / {1} s</source>
        <translation>Takt {0} / {1} s</translation>
    </message>
</context>
<context>
    <name>TimePareto</name>
    <message>
        <source>No NG part in this time.</source>
        <translation>Kein NG-Teil in dieser Zeit.</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>As drawn</source>
        <translation>Wie gezeichnet</translation>
    </message>
    <message>
        <source>To edges</source>
        <translation>An Kanten</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Tap edges</source>
        <translation>Kanten tippen</translation>
    </message>
    <message>
        <source>Outline here</source>
        <translation>Hier umreißen</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Turned box</source>
        <translation>Schräges Rechteck</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Vieleck</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Linie</translation>
    </message>
    <message>
        <source>Point</source>
        <translation>Punkt</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wieder</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>part {0}</source>
        <translation>Teil {0}</translation>
    </message>
    <message>
        <source>recipe {0} v{1}</source>
        <translation>Rezept {0} v{1}</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>Anmelden</translation>
    </message>
</context>
<context>
    <name>TotalsCard</name>
    <message>
        <source>No parts in this shift yet.</source>
        <translation>Noch keine Teile in dieser Schicht.</translation>
    </message>
    <message>
        <source>{0} OK of {1} parts. The line&apos;s own yield lies between {2} and {3} % (95 % sure).</source>
        <translation>{0} OK von {1} Teilen. Der Gutanteil der Linie liegt zwischen {2} und {3} % (95 % sicher).</translation>
    </message>
    <message>
        <source>Yield</source>
        <translation>Gutanteil</translation>
    </message>
    <message>
        <source>parts an hour</source>
        <translation>Teile je Stunde</translation>
    </message>
</context>
<context>
    <name>UnmeasuredBand</name>
    <message>
        <source>This screen has not been measured</source>
        <translation>Dieser Bildschirm ist nicht vermessen</translation>
    </message>
    <message>
        <source>Buttons may be too small for gloves, or too large. It takes a bank card and a minute.</source>
        <translation>Tasten können für Handschuhe zu klein sein oder zu groß. Es braucht eine Bankkarte und eine Minute.</translation>
    </message>
    <message>
        <source>Measure it</source>
        <translation>Vermessen</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Nicht jetzt</translation>
    </message>
</context>
<context>
    <name>VerdictBand</name>
    <message>
        <source>You first</source>
        <translation>Zuerst Sie</translation>
    </message>
    <message>
        <source>No part yet</source>
        <translation>Noch kein Teil</translation>
    </message>
    <message>
        <source>The model&apos;s opinion is hidden for this part.</source>
        <translation>Die Meinung des Modells ist bei diesem Teil verdeckt.</translation>
    </message>
</context>
<context>
    <name>WishesCard</name>
    <message>
        <source>For {0}, at every screen</source>
        <translation>Für {0}, an jedem Bildschirm</translation>
    </message>
    <message>
        <source>For whoever is not logged in</source>
        <translation>Für alle, die nicht angemeldet sind</translation>
    </message>
    <message>
        <source>Log in to choose your own; hand and sound belong to a person.</source>
        <translation>Zum eigenen Einstellen anmelden; Hand und Ton gehören zur Person.</translation>
    </message>
    <message>
        <source>In use until the screen is started again; it could not be kept: {0}</source>
        <translation>Gilt bis zum Neustart dieses Bildschirms; konnte nicht gespeichert werden: {0}</translation>
    </message>
    <message>
        <source>In use here, but not kept: {0}</source>
        <translation>Gilt hier, aber nicht gespeichert: {0}</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>OK and NG are pressed with</source>
        <translation>OK und NG drückt</translation>
    </message>
    <message>
        <source>Sound when a part needs you</source>
        <translation>Ton, wenn ein Teil Sie braucht</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Night</source>
        <translation>Nacht</translation>
    </message>
    <message>
        <source>Sunlight</source>
        <translation>Sonne</translation>
    </message>
    <message>
        <source>right hand</source>
        <translation>rechte Hand</translation>
    </message>
    <message>
        <source>left hand</source>
        <translation>linke Hand</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>ein</translation>
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
        <translation>Unentscheidbar</translation>
    </message>
    <message>
        <source>by the model and the recipe</source>
        <translation>nach Modell und Rezept</translation>
    </message>
    <message>
        <source>by {0}, QA</source>
        <translation>von {0}, QS</translation>
    </message>
    <message>
        <source>by {0}</source>
        <translation>von {0}</translation>
    </message>
    <message>
        <source>no engine</source>
        <translation>kein Prüfprogramm</translation>
    </message>
    <message>
        <source>no line</source>
        <translation>keine Linie</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>no camera</source>
        <translation>keine Kamera</translation>
    </message>
    <message>
        <source>no model</source>
        <translation>kein Modell</translation>
    </message>
    <message>
        <source>no storage</source>
        <translation>kein Speicher</translation>
    </message>
    <message>
        <source>PLC set offline</source>
        <translation>von SPS offline</translation>
    </message>
    <message>
        <source>stopping</source>
        <translation>hält an</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Too late</source>
        <translation>Zu spät</translation>
    </message>
    <message>
        <source>Overrun</source>
        <translation>Überlauf</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>Rezept</translation>
    </message>
    <message>
        <source>PLC</source>
        <translation>SPS</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>Störung</translation>
    </message>
    <message>
        <source>Not allowed — nothing was saved</source>
        <translation>Nicht erlaubt — nichts gespeichert</translation>
    </message>
    <message>
        <source>Unknown part — nothing was saved</source>
        <translation>Unbekanntes Teil — nichts gespeichert</translation>
    </message>
    <message>
        <source>Decided elsewhere — yours was not saved</source>
        <translation>Anderswo entschieden — Ihres nicht gespeichert</translation>
    </message>
    <message>
        <source>Storage failed — nothing was saved</source>
        <translation>Speichern gescheitert — nichts gespeichert</translation>
    </message>
    <message>
        <source>Not done — nothing was saved</source>
        <translation>Nicht ausgeführt — nichts gespeichert</translation>
    </message>
</context>
<context>
    <name>ZoneBoard</name>
    <message>
        <source>There is no picture of this view yet: let a part come past.</source>
        <translation>Von dieser Ansicht gibt es noch kein Bild: ein Teil durchlaufen lassen.</translation>
    </message>
    <message>
        <source>View {0}: the newest good part, {1}, {2}</source>
        <translation>Ansicht {0}: das neueste Gutteil, {1}, {2}</translation>
    </message>
    <message>
        <source>View {0}: the newest part, {1}, {2}; none was good lately</source>
        <translation>Ansicht {0}: das neueste Teil, {1}, {2}; zuletzt war keines gut</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Vieleck</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Rechteck</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wieder</translation>
    </message>
</context>
<context>
    <name>ZoneCard</name>
    <message>
        <source>Draw a zone, or tap one to change it. Drag its corners to move them.</source>
        <translation>Eine Zone zeichnen, oder eine tippen, um sie zu ändern. Ecken lassen sich ziehen.</translation>
    </message>
    <message>
        <source>Name of the zone (N to type it)</source>
        <translation>Name der Zone (N zum Tippen)</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Ignore what lies in it as a whole</source>
        <translation>Ignorieren, was ganz darin liegt</translation>
    </message>
    <message>
        <source>Save zones</source>
        <translation>Zonen speichern</translation>
    </message>
    <message>
        <source>Yes, drop them</source>
        <translation>Ja, verwerfen</translation>
    </message>
    <message>
        <source>Drop changes</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>Jetzt verwenden</translation>
    </message>
    <message>
        <source>Saving …</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>What is not saved will be gone.</source>
        <translation>Nicht Gespeichertes geht verloren.</translation>
    </message>
    <message>
        <source>Not saved yet.</source>
        <translation>Noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>The line goes on with the zones it has. To use the new ones, the engine starts again: the line takes no parts for some seconds, those in hand are finished first, and you log in again.</source>
        <translation>Die Linie arbeitet mit den bisherigen Zonen weiter. Für die neuen startet das Prüfprogramm neu: die Linie nimmt einige Sekunden keine Teile an, begonnene werden zuerst fertig geprüft, und Sie melden sich neu an.</translation>
    </message>
</context>
<context>
    <name>ZonesPanel</name>
    <message>
        <source>Zones need the station&apos;s configuration: start the screen with --config.</source>
        <translation>Für Zonen wird die Konfiguration der Station gebraucht: den Bildschirm mit --config starten.</translation>
    </message>
    <message>
        <source>The pictures cannot be read. {0}</source>
        <translation>Die Bilder sind nicht lesbar. {0}</translation>
    </message>
    <message>
        <source>That encloses nothing. Draw around an area.</source>
        <translation>Das umschließt nichts. Eine Fläche umfahren.</translation>
    </message>
    <message>
        <source>zone</source>
        <translation>Zone</translation>
    </message>
    <message>
        <source>Its lines would cross there; the corner stays where it was.</source>
        <translation>Dort würden sich ihre Linien kreuzen; die Ecke bleibt, wo sie war.</translation>
    </message>
    <message>
        <source>A zone needs a name.</source>
        <translation>Eine Zone braucht einen Namen.</translation>
    </message>
    <message>
        <source>Another zone of this view is called {0} already.</source>
        <translation>Eine andere Zone dieser Ansicht heißt schon {0}.</translation>
    </message>
    <message>
        <source>That did not work: {0}</source>
        <translation>Das hat nicht geklappt: {0}</translation>
    </message>
    <message>
        <source>Saved: recipe {0} is version {1} now.</source>
        <translation>Gespeichert: Rezept {0} ist jetzt Version {1}.</translation>
    </message>
    <message>
        <source>The engine starts again with recipe {0}.</source>
        <translation>Das Prüfprogramm startet mit Rezept {0} neu.</translation>
    </message>
    <message>
        <source>Changing to {0} …</source>
        <translation>Wechsel zu {0} …</translation>
    </message>
    <message>
        <source>{0} (ignored)</source>
        <translation>{0} (ignoriert)</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>Zonen</translation>
    </message>
    <message>
        <source>Zones of {0}</source>
        <translation>Zonen von {0}</translation>
    </message>
</context>
</TS>
