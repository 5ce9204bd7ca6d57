<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en_US">
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
