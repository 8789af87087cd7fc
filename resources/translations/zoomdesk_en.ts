<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>ActWords</name>
    <message numerus="yes">
        <source>Approve %Ln people</source>
        <translation>
            <numerusform>Approve %Ln person</numerusform>
            <numerusform>Approve %Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deny %Ln people</source>
        <translation>
            <numerusform>Deny %Ln person</numerusform>
            <numerusform>Deny %Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln registrations</source>
        <translation>
            <numerusform>Cancel %Ln registration</numerusform>
            <numerusform>Cancel %Ln registrations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln people</source>
        <translation>
            <numerusform>Delete %Ln person</numerusform>
            <numerusform>Delete %Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Approve %Ln people?</source>
        <translation>
            <numerusform>Approve %Ln person?</numerusform>
            <numerusform>Approve %Ln people?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Deny %Ln people?</source>
        <translation>
            <numerusform>Deny %Ln person?</numerusform>
            <numerusform>Deny %Ln people?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cancel %Ln registrations?</source>
        <translation>
            <numerusform>Cancel %Ln registration?</numerusform>
            <numerusform>Cancel %Ln registrations?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %Ln people from Zoom’s list?</source>
        <translation>
            <numerusform>Delete %Ln person from Zoom’s list?</numerusform>
            <numerusform>Delete %Ln people from Zoom’s list?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln approved already</source>
        <translation>
            <numerusform>%Ln approved already</numerusform>
            <numerusform>%Ln approved already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln denied already</source>
        <translation>
            <numerusform>%Ln denied already</numerusform>
            <numerusform>%Ln denied already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled already</source>
        <translation>
            <numerusform>%Ln cancelled already</numerusform>
            <numerusform>%Ln cancelled already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln gone already</source>
        <translation>
            <numerusform>%Ln gone already</numerusform>
            <numerusform>%Ln gone already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not on Zoom’s list</source>
        <translation>
            <numerusform>%Ln not on Zoom’s list</numerusform>
            <numerusform>%Ln not on Zoom’s list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln perhaps hidden in Zoom’s list</source>
        <translation>
            <numerusform>%Ln perhaps hidden in Zoom’s list</numerusform>
            <numerusform>%Ln perhaps hidden in Zoom’s list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with the ID of another address</source>
        <translation>
            <numerusform>%Ln with the ID of another address</numerusform>
            <numerusform>%Ln with the ID of another address</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting for approval</source>
        <translation>
            <numerusform>%Ln waiting for approval</numerusform>
            <numerusform>%Ln waiting for approval</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln changed ten times today</source>
        <translation>
            <numerusform>%Ln changed ten times today</numerusform>
            <numerusform>%Ln changed ten times today</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without a usable address</source>
        <translation>
            <numerusform>%Ln without a usable address</numerusform>
            <numerusform>%Ln without a usable address</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Afterwards</name>
    <message numerus="yes">
        <source>%Ln links are on the clipboard, each after its address.</source>
        <translation>
            <numerusform>%Ln link is on the clipboard, after its address.</numerusform>
            <numerusform>%Ln links are on the clipboard, each after its address.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ArrangedRows</name>
    <message numerus="yes">
        <source>Add %Ln rows</source>
        <translation>
            <numerusform>Add %Ln row</numerusform>
            <numerusform>Add %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln rows</source>
        <translation>
            <numerusform>Remove %Ln row</numerusform>
            <numerusform>Remove %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message numerus="yes">
        <source>Zoom limits the calls a day: this run takes %Ln days.</source>
        <translation>
            <numerusform>Zoom limits the calls a day: this run takes %Ln day.</numerusform>
            <numerusform>Zoom limits the calls a day: this run takes %Ln days.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfirmActDialog</name>
    <message numerus="yes">
        <source>Show these %Ln rows</source>
        <translation>
            <numerusform>Show this %Ln row</numerusform>
            <numerusform>Show these %Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln calls to Zoom</source>
        <translation>
            <numerusform>%Ln call to Zoom</numerusform>
            <numerusform>%Ln calls to Zoom</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>For %Ln dates of the series.</source>
        <translation>
            <numerusform>For %Ln date of the series.</numerusform>
            <numerusform>For %Ln dates of the series.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln rows are left out: %1.</source>
        <translation>
            <numerusform>%Ln row is left out: %1.</numerusform>
            <numerusform>%Ln rows are left out: %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConfirmDialog</name>
    <message numerus="yes">
        <source>Register %Ln people</source>
        <translation>
            <numerusform>Register %Ln person</numerusform>
            <numerusform>Register %Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Register %Ln people?</source>
        <translation>
            <numerusform>Register %Ln person?</numerusform>
            <numerusform>Register %Ln people?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of its %1 dates</source>
        <translation>
            <numerusform>%Ln of its %1 dates</numerusform>
            <numerusform>%Ln of its %1 dates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln calls to Zoom</source>
        <translation>
            <numerusform>%Ln call to Zoom</numerusform>
            <numerusform>%Ln calls to Zoom</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln for up to 30 people each</source>
        <translation>
            <numerusform>%Ln for up to 30 people each</numerusform>
            <numerusform>%Ln for up to 30 people each</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln for one person each</source>
        <translation>
            <numerusform>%Ln for one person each</numerusform>
            <numerusform>%Ln for one person each</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more rows have the same addresses and get the same links.</source>
        <translation>
            <numerusform>%Ln more row has the same address and gets the same link.</numerusform>
            <numerusform>%Ln more rows have the same addresses and get the same links.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these addresses look like slips of the keys.</source>
        <translation>
            <numerusform>%Ln of these addresses looks like a slip of the keys.</numerusform>
            <numerusform>%Ln of these addresses look like slips of the keys.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln duplicates</source>
        <translation>
            <numerusform>%Ln duplicate</numerusform>
            <numerusform>%Ln duplicates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln in hidden rows</source>
        <translation>
            <numerusform>%Ln in a hidden row</numerusform>
            <numerusform>%Ln in hidden rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln not ticked</source>
        <translation>
            <numerusform>%Ln not ticked</numerusform>
            <numerusform>%Ln not ticked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln are left out: %1.</source>
        <translation>
            <numerusform>%Ln is left out: %1.</numerusform>
            <numerusform>%Ln are left out: %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them can be approved: tick them and choose “Approve”.</source>
        <translation>
            <numerusform>%Ln of them can be approved: tick the row and choose “Approve”.</numerusform>
            <numerusform>%Ln of them can be approved: tick them and choose “Approve”.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConflictsDialog</name>
    <message numerus="yes">
        <source>%Ln cells were changed by both of you</source>
        <translation>
            <numerusform>%Ln cell was changed by both of you</numerusform>
            <numerusform>%Ln cells were changed by both of you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DateChooser</name>
    <message numerus="yes">
        <source>All %Ln dates</source>
        <translation>
            <numerusform>All %Ln date</numerusform>
            <numerusform>All %Ln dates</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Deciding</name>
    <message numerus="yes">
        <source>%Ln cells were changed by both of you</source>
        <translation>
            <numerusform>%Ln cell was changed by both of you</numerusform>
            <numerusform>%Ln cells were changed by both of you</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventCard</name>
    <message numerus="yes">
        <source>%1 and %Ln more dates</source>
        <translation>
            <numerusform>%1 and %Ln more date</numerusform>
            <numerusform>%1 and %Ln more dates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people registered so far</source>
        <translation>
            <numerusform>%Ln person registered so far</numerusform>
            <numerusform>%Ln people registered so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people registered for all these dates</source>
        <translation>
            <numerusform>%Ln person registered for all these dates</numerusform>
            <numerusform>%Ln people registered for all these dates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting for approval</source>
        <translation>
            <numerusform>%Ln waiting for approval</numerusform>
            <numerusform>%Ln waiting for approval</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln denied or cancelled</source>
        <translation>
            <numerusform>%Ln denied or cancelled</numerusform>
            <numerusform>%Ln denied or cancelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln places left</source>
        <translation>
            <numerusform>%Ln place left</numerusform>
            <numerusform>%Ln places left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>GestureView</name>
    <message numerus="yes">
        <source>Fix %Ln cells</source>
        <translation>
            <numerusform>Fix %Ln cell</numerusform>
            <numerusform>Fix %Ln cells</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln rows</source>
        <translation>
            <numerusform>Remove %Ln row</numerusform>
            <numerusform>Remove %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Plurals</name>
    <message numerus="yes">
        <source>about %Ln seconds</source>
        <translation>
            <numerusform>about %Ln second</numerusform>
            <numerusform>about %Ln seconds</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln minutes</source>
        <translation>
            <numerusform>about %Ln minute</numerusform>
            <numerusform>about %Ln minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %Ln hours</source>
        <translation>
            <numerusform>about %Ln hour</numerusform>
            <numerusform>about %Ln hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln minutes ago</source>
        <translation>
            <numerusform>%Ln minute ago</numerusform>
            <numerusform>%Ln minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hours ago</source>
        <translation>
            <numerusform>%Ln hour ago</numerusform>
            <numerusform>%Ln hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation>
            <numerusform>and %Ln more</numerusform>
            <numerusform>and %Ln more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln already registered</source>
        <translation>
            <numerusform>%Ln already registered</numerusform>
            <numerusform>%Ln already registered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting for approval</source>
        <translation>
            <numerusform>%Ln waiting for approval</numerusform>
            <numerusform>%Ln waiting for approval</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln denied by the host</source>
        <translation>
            <numerusform>%Ln denied by the host</numerusform>
            <numerusform>%Ln denied by the host</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hosting the event</source>
        <translation>
            <numerusform>%Ln hosting the event</numerusform>
            <numerusform>%Ln hosting the event</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln without a required answer</source>
        <translation>
            <numerusform>%Ln without a required answer</numerusform>
            <numerusform>%Ln without a required answer</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with an answer that the form does not take</source>
        <translation>
            <numerusform>%Ln with an answer that the form does not take</numerusform>
            <numerusform>%Ln with an answer that the form does not take</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln sent three times today</source>
        <translation>
            <numerusform>%Ln sent three times today</numerusform>
            <numerusform>%Ln sent three times today</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln perhaps registered</source>
        <translation>
            <numerusform>%Ln perhaps registered</numerusform>
            <numerusform>%Ln perhaps registered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with errors</source>
        <translation>
            <numerusform>%Ln with errors</numerusform>
            <numerusform>%Ln with errors</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PrivacyBox</name>
    <message numerus="yes">
        <source>%Ln runs</source>
        <translation>
            <numerusform>%Ln run</numerusform>
            <numerusform>%Ln runs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Clear %Ln people from the record? Workbooks and Zoom stay as they are.</source>
        <translation>
            <numerusform>Clear %Ln person from the record? Workbooks and Zoom stay as they are.</numerusform>
            <numerusform>Clear %Ln people from the record? Workbooks and Zoom stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unfinished runs too: nobody can go on with them then</source>
        <translation>
            <numerusform>%Ln unfinished run too: nobody can go on with it then</numerusform>
            <numerusform>%Ln unfinished runs too: nobody can go on with them then</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people were cleared from the record.</source>
        <translation>
            <numerusform>%Ln person was cleared from the record.</numerusform>
            <numerusform>%Ln people were cleared from the record.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unfinished runs were kept.</source>
        <translation>
            <numerusform>%Ln unfinished run was kept.</numerusform>
            <numerusform>%Ln unfinished runs were kept.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln runs were kept: they go on now.</source>
        <translation>
            <numerusform>%Ln run was kept: it goes on now.</numerusform>
            <numerusform>%Ln runs were kept: they go on now.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemsStep</name>
    <message numerus="yes">
        <source>%Ln rows are left out.</source>
        <translation>
            <numerusform>%Ln row is left out.</numerusform>
            <numerusform>%Ln rows are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln to fix</source>
        <translation>
            <numerusform>%Ln to fix</numerusform>
            <numerusform>%Ln to fix</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln duplicates</source>
        <translation>
            <numerusform>%Ln duplicate</numerusform>
            <numerusform>%Ln duplicates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
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
        <source>%Ln calls that were sent are awaited.</source>
        <translation>
            <numerusform>%Ln call that was sent is awaited.</numerusform>
            <numerusform>%Ln calls that were sent are awaited.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This plan allows about %Ln calls a second.</source>
        <translation>
            <numerusform>This plan allows about %Ln call a second.</numerusform>
            <numerusform>This plan allows about %Ln calls a second.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln calls are under way.</source>
        <translation>
            <numerusform>%Ln call is under way.</numerusform>
            <numerusform>%Ln calls are under way.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Register %Ln people</source>
        <translation>
            <numerusform>Register %Ln person</numerusform>
            <numerusform>Register %Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln calls</source>
        <translation>
            <numerusform>%Ln call</numerusform>
            <numerusform>%Ln calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hidden rows are left out.</source>
        <translation>
            <numerusform>%Ln hidden row is left out.</numerusform>
            <numerusform>%Ln hidden rows are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people would be registered.</source>
        <translation>
            <numerusform>%Ln person would be registered.</numerusform>
            <numerusform>%Ln people would be registered.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Registrants</name>
    <message numerus="yes">
        <source>%Ln links were fetched.</source>
        <translation>
            <numerusform>%Ln link was fetched.</numerusform>
            <numerusform>%Ln links were fetched.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people wait for approval.</source>
        <translation>
            <numerusform>%Ln person waits for approval.</numerusform>
            <numerusform>%Ln people wait for approval.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln people are not on Zoom’s list.</source>
        <translation>
            <numerusform>%Ln person is not on Zoom’s list.</numerusform>
            <numerusform>%Ln people are not on Zoom’s list.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultStep</name>
    <message numerus="yes">
        <source>Approve the %Ln who wait or were denied…</source>
        <translation>
            <numerusform>Approve the %Ln who waits or was denied…</numerusform>
            <numerusform>Approve the %Ln who wait or were denied…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Retry only the %Ln that failed</source>
        <translation>
            <numerusform>Retry only the %Ln that failed</numerusform>
            <numerusform>Retry only the %Ln that failed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Resuming</name>
    <message numerus="yes">
        <source>%Ln more</source>
        <translation>
            <numerusform>%Ln more</numerusform>
            <numerusform>%Ln more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Running</name>
    <message numerus="yes">
        <source>A call that was cut short may still be under way at Zoom. Waiting for %Ln seconds, so that nobody is registered twice.</source>
        <translation>
            <numerusform>A call that was cut short may still be under way at Zoom. Waiting for %Ln second, so that nobody is registered twice.</numerusform>
            <numerusform>A call that was cut short may still be under way at Zoom. Waiting for %Ln seconds, so that nobody is registered twice.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SheetPage</name>
    <message numerus="yes">
        <source>%Ln people</source>
        <translation>
            <numerusform>%Ln person</numerusform>
            <numerusform>%Ln people</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln hidden in Excel</source>
        <translation>
            <numerusform>%Ln hidden in Excel</numerusform>
            <numerusform>%Ln hidden in Excel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Showing %Ln rows</source>
        <translation>
            <numerusform>Showing %Ln row</numerusform>
            <numerusform>Showing %Ln rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Watching</name>
    <message numerus="yes">
        <source>Reload keeps your %Ln edits.</source>
        <translation>
            <numerusform>Reload keeps your %Ln edit.</numerusform>
            <numerusform>Reload keeps your %Ln edits.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_FixRow</name>
    <message numerus="yes">
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
        <source>Show %Ln</source>
        <translation>
            <numerusform>Show %Ln</numerusform>
            <numerusform>Show %Ln</numerusform>
        </translation>
    </message>
</context>
</TS>
