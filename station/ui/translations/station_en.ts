<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
<context>
    <name>ComparePage</name>
    <message numerus="yes">
        <source>%Ln outline(s)</source>
        <translation>
            <numerusform>%Ln outline</numerusform>
            <numerusform>%Ln outlines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FilterPanel</name>
    <message numerus="yes">
        <source>last %n hour(s)</source>
        <translation>
            <numerusform>last %n hour</numerusform>
            <numerusform>last %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last %n day(s)</source>
        <translation>
            <numerusform>last %n day</numerusform>
            <numerusform>last %n days</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message numerus="yes">
        <source>%n part(s): {0} · saved</source>
        <translation>
            <numerusform>%n part: {0} · saved</numerusform>
            <numerusform>%n parts: {0} · saved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) taken back · saved</source>
        <translation>
            <numerusform>%n part taken back · saved</numerusform>
            <numerusform>%n parts taken back · saved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) not: {0}</source>
        <translation>
            <numerusform>%n part not: {0}</numerusform>
            <numerusform>%n parts not: {0}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln part</numerusform>
            <numerusform>%Ln parts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message numerus="yes">
        <source>Logged out after %n minute(s) without a touch.</source>
        <translation>
            <numerusform>Logged out after %n minute without a touch.</numerusform>
            <numerusform>Logged out after %n minutes without a touch.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShiftCounter</name>
    <message numerus="yes">
        <source>shift {0}: %Ln part(s) · yield {1} %</source>
        <translation>
            <numerusform>shift {0}: %Ln part · yield {1} %</numerusform>
            <numerusform>shift {0}: %Ln parts · yield {1} %</numerusform>
        </translation>
    </message>
</context>
</TS>
