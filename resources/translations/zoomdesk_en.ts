<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
    <context>
        <name>ConfirmDialog</name>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/dialogs/confirm.py" line="42" />
            <source>Register %Ln people</source>
            <translation>
                <numerusform>Register %Ln person</numerusform>
                <numerusform>Register %Ln people</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/dialogs/confirm.py" line="46" />
            <source>Register %Ln people?</source>
            <translation>
                <numerusform>Register %Ln person?</numerusform>
                <numerusform>Register %Ln people?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/dialogs/confirm.py" line="79" />
            <source>%Ln calls to Zoom</source>
            <translation>
                <numerusform>%Ln call to Zoom</numerusform>
                <numerusform>%Ln calls to Zoom</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/dialogs/confirm.py" line="101" />
            <source>%Ln not ticked</source>
            <translation>
                <numerusform>%Ln not ticked</numerusform>
                <numerusform>%Ln not ticked</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/dialogs/confirm.py" line="105" />
            <source>%Ln are left out: %1.</source>
            <translation>
                <numerusform>%Ln is left out: %1.</numerusform>
                <numerusform>%Ln are left out: %1.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/dialogs/confirm.py" line="124" />
            <source>and %Ln more</source>
            <translation>
                <numerusform>and %Ln more</numerusform>
                <numerusform>and %Ln more</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/window.py" line="351" />
            <source>%Ln links are on the clipboard, each after its address.</source>
            <translation>
                <numerusform>%Ln link is on the clipboard, after its address.</numerusform>
                <numerusform>%Ln links are on the clipboard, each after its address.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProblemsStep</name>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/panels/problems.py" line="57" />
            <source>%Ln to fix</source>
            <translation>
                <numerusform>%Ln to fix</numerusform>
                <numerusform>%Ln to fix</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/panels/problems.py" line="59" />
            <source>%Ln duplicates</source>
            <translation>
                <numerusform>%Ln duplicate</numerusform>
                <numerusform>%Ln duplicates</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/panels/problems.py" line="62" />
            <source>%Ln with a suggestion</source>
            <translation>
                <numerusform>%Ln with a suggestion</numerusform>
                <numerusform>%Ln with a suggestion</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>RegisterStep</name>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/panels/register.py" line="118" />
            <source>Register %Ln people</source>
            <translation>
                <numerusform>Register %Ln person</numerusform>
                <numerusform>Register %Ln people</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/panels/register.py" line="134" />
            <source>%Ln calls</source>
            <translation>
                <numerusform>%Ln call</numerusform>
                <numerusform>%Ln calls</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/panels/register.py" line="159" />
            <source>%Ln people would be registered.</source>
            <translation>
                <numerusform>%Ln person would be registered.</numerusform>
                <numerusform>%Ln people would be registered.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ResultStep</name>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/panels/result.py" line="75" />
            <source>Retry only the %Ln that failed</source>
            <translation>
                <numerusform>Retry only the %Ln that failed</numerusform>
                <numerusform>Retry only the %Ln that failed</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SheetPage</name>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/sheet_page.py" line="136" />
            <source>%Ln people</source>
            <translation>
                <numerusform>%Ln person</numerusform>
                <numerusform>%Ln people</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/sheet_page.py" line="140" />
            <source>%Ln hidden in Excel</source>
            <translation>
                <numerusform>%Ln hidden in Excel</numerusform>
                <numerusform>%Ln hidden in Excel</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/sheet_page.py" line="179" />
            <source>Showing %Ln rows</source>
            <translation>
                <numerusform>Showing %Ln row</numerusform>
                <numerusform>Showing %Ln rows</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>_EventCard</name>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/panels/event.py" line="213" />
            <source>%Ln people registered so far</source>
            <translation>
                <numerusform>%Ln person registered so far</numerusform>
                <numerusform>%Ln people registered so far</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>_FixRow</name>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/panels/problems.py" line="101" />
            <source>Fix all %Ln</source>
            <translation>
                <numerusform>Fix it</numerusform>
                <numerusform>Fix all %Ln</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>_GroupRow</name>
        <message numerus="yes">
            <location filename="../../zoomdesk/desktop/panels/problems.py" line="123" />
            <source>Show %Ln</source>
            <translation>
                <numerusform>Show %Ln</numerusform>
                <numerusform>Show %Ln</numerusform>
            </translation>
        </message>
    </context>
</TS>
