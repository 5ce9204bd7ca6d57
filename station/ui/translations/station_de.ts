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
