# Refusals and fields at fault: one sentence each, said beside the field or at the top of the page.
refusal-not-allowed = Your role does not allow this; if the page has been open for long, reload it and try again.
refusal-not-found = There is no such thing, or it is not yours to see.
refusal-stale = Somebody else changed this while you were typing. What you typed is still below; check it and send it again.
refusal-fields = Some entries need correcting; see the notes beside the fields.
refusal-step-not-open = Somebody else has done this step; the ticket has moved on.
refusal-ticket-ended = The ticket is closed; this can no longer be done.
refusal-not-closed = The ticket is not closed yet and cannot be archived.
refusal-sheet-not-open = The contact sheet does not allow this now; somebody may have dealt with it.
refusal-not-countersigned = An answer becomes a standard answer only after the department head has countersigned it.
refusal-taken-login = This sign-in name is taken.
refusal-taken-code = This department code is taken.
refusal-taken-name = There is one of that name already.
refusal-taken-sheet = This sheet has given a standard answer already.
refusal-taken-shift = That shift code is taken.
refusal-taken-turn = This person is on that shift on that day already.
refusal-taken-number = This ticket number exists already.
refusal-key-reused = The same submission key was used for something else; reload the page and try again.
refusal-bad-credentials = The sign-in name or the password is wrong.
refusal-too-many = Too many attempts. Try again in { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}.
refusal-bad-code = The link or code is wrong, used or expired.
refusal-already-set-up = The desk is set up already; please sign in.
refusal-too-large = The file is too large; at most { $mb } MB.
refusal-file-type = Files of this kind ({ $found }) are not taken, or the content does not match the name.
refusal-process = The process is not available: { $why }.
refusal-import = { $n ->
    [one] The file has one fault
   *[other] The file has { $n } faults
}; nothing was imported.
refusal-turns-overlap = { $person } already has the shift “{ $shift }” on { $day } at that time; nobody can be on two shifts at once.
refusal-duty-settled = This has been dealt with already, or its state no longer allows it.
refusal-too-early = It is too early to sign in.
refusal-handover-signed = The hand-over is signed and can no longer be changed.
refusal-not-handed-over = The outgoing side has not signed yet.
refusal-same-signer = The same person cannot sign for both sides.
refusal-in-use = People or open work still belong to this department.
field-missing = Please fill this in.
field-not-a-number = Please enter a number.
field-too-precise = At most { $places } decimal places.
field-too-small = Not less than { $min }.
field-too-large-number = Not more than { $max }.
field-not-an-option = Please choose one of the options.
field-bad-date = Not a date; for example 2026-11-03.
field-bad-datetime = Not a date and time; for example 2026-11-03 09:30.
field-bad-phone = Not a telephone number.
field-bad-yes-no = Please choose yes or no.
field-too-long = Too long; at most { $max } characters.
field-not-visible = Not needed with the choices above.
field-too-many-values = Only one value here.
field-bad-character = It has a character that cannot be stored.
field-unknown-field = The form has no such field; please reload the page.
field-wrong-type = The value is of the wrong type.
field-unknown-person = There is no such colleague, or they no longer sign in.
field-unknown-department = There is no such department, or it is closed.
field-other-department = This colleague is not in that department.
field-channel-closed = This process does not take this channel.
field-password-short = Too short; at least { $min } characters.
field-password-differs = The two passwords differ.
field-bad-login = 2 to 60 letters, digits or . _ - @.
field-bad-code-word = Small letters, digits and hyphens only.
field-bad-credentials = The old password is wrong.
field-yourself = You cannot disable yourself or give up your own administrator role.
field-malformed = What was sent is incomplete; go back and try again.
first-run-desk = Name of the service department
first-run-desk-default = Customer service centre
field-unknown-file = This is not a file of this ticket; please upload it again.
