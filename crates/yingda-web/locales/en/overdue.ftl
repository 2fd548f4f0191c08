# Overdue statements, extension requests, urging, hand-over of a first receiver's place
nav-overdue = Overdue and extensions
overdue-title = Overdue and extensions
overdue-mine = Waiting for me
overdue-statements = Overdue statements
overdue-requests = Extensions and leavers
overdue-statement = Overdue statement
overdue-missed = Was due
overdue-person = Answerable
overdue-month = Month
overdue-filter = Filter overdue statements
overdue-show-all = Show all
overdue-state-submitted = To review (default)
overdue-not-understood = A filter in the address was not understood and was left out.
overdue-write = Write the overdue statement
overdue-write-hint = Say why the limit was missed and what will be done about it. The ticket closes once a supervisor or manager accepts or exempts it.
overdue-submit = Submit the statement
overdue-review = Review
overdue-review-hint = Sending back and exempting need a reason; accepting does not.
overdue-exempt = Exempt this breach
overdue-exempt-hint = This needs no statement, but a reason.
overdue-reviewed = Reviewed
overdue-by-at = { $who }, { $at }
overdue-versions = Versions
overdue-version = Version { $n } · { $who }
overdue-go = Go to the overdue statements
overdue-done-written = Submitted; a supervisor or manager will review it.
overdue-done-accepted = The statement is accepted.
overdue-done-exempted = The breach is exempted.
overdue-done-returned = Sent back; its writer is told.
overdue-section-to-write = Statements to write
overdue-section-offered = Tickets offered to me
overdue-section-asked = My extension requests
overdue-section-offers = Offers waiting for an answer
overdue-section-requests = Extension requests to decide
overdue-section-statements = Overdue statements
overdue-empty-to-write = There is no statement to write.
overdue-empty-offered = Nobody has offered you a ticket.
overdue-empty-asked = You have asked for no extension. Ask on a ticket's page, before its limit.
overdue-empty-offers = No offer waits for an answer.
overdue-empty-requests = No extension request waits for a decision.
overdue-empty-statements = No statement matches.

statement-due = To be written
statement-submitted = To review
statement-returned = Sent back
statement-accepted = Accepted
statement-exempted = Exempted
statement-lapsed = No longer needed
statement-cause = Cause
statement-account = Account
statement-account-hint = What happened, and why it was not done in time.
statement-improvement = Improvement
statement-improvement-hint = How it will be avoided, and by whom.
statement-note = Reviewer's note
statement-exempt-reason = Reason for the exemption
verdict-accepted = Accept
verdict-exempted = Exempt
verdict-returned = Send back
cause-department = A department was slow to help
cause-customer-information = The customer's information was incomplete
cause-parts = Spare parts or delivery
cause-staffing = Too few people
cause-oversight = Overlooked
cause-system = System failure
cause-other = Other

extension = Extension request
extensions = Extension requests
extension-open = To decide
extension-granted = Granted
extension-refused = Refused
extension-withdrawn = Withdrawn
extension-lapsed = Lapsed
extension-ask = Ask for more time
extension-ask-hint = Ask before the limit is over; a supervisor or manager decides. When granted, the due time is worked out afresh.
extension-ask-go = Ask for more time
extension-clock = Limit
extension-clock-due = { $label } ({ $due })
extension-kind = Kind of extension
extension-kind-when = Choose “Remote area” where an appointment takes longer because the place is remote.
extension-kind-normal = Usual
extension-kind-remote = Remote area
extension-amount = How much
extension-unit = Unit
extension-reason = Reason
extension-more = { $amount } more
extension-until = due { $due }
extension-due = Due when asked
extension-due-after = Due with it
extension-by = Asked by
extension-decided = Settled
extension-decide = Decide
extension-decide-hint = You may grant less, not more. Refusing needs a reason.
extension-grant-amount = How much to grant
extension-grant-hint = Left empty, all that was asked for.
extension-note = Note
extension-do-grant = Grant
extension-do-refuse = Refuse
extension-withdraw = Withdraw the request
extension-done-asked = Your request is submitted.
extension-done-granted = Granted; the due time was worked out afresh.
extension-done-refused = Refused; whoever asked is told.
extension-done-withdrawn = The request is withdrawn.
unit-working_minutes = working minutes
unit-working_hours = working hours
unit-working_days = working days
unit-minutes = minutes
unit-hours = hours
unit-days = days
unit-weeks = weeks
unit-months = months
amount-working_minutes = { $n ->
    [one] { $n } working minute
   *[other] { $n } working minutes
}
amount-working_hours = { $n ->
    [one] { $n } working hour
   *[other] { $n } working hours
}
amount-working_days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
amount-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
amount-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
amount-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
amount-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
amount-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}

urge = Urge
urge-hint = Whoever has the ticket is told at once; the head of the department where nobody has it. Once in ten minutes.
urge-go = Urge
urge-source = Who urges
urge-customer = Customer
urge-colleague = Colleague
urge-channel-when = Where a customer urges, say how they did.
urge-words = In whose words
urge-words-hint = Where a customer urges, take down what they said.
urge-done = Urged; whoever has the ticket is told.
urged-n = { $n ->
    [one] Urged once
   *[other] Urged { $n } times
}

owner-offer = Hand over as first receiver
owner-offer-hint = The first receiver changes only when the other agrees; until then the present one stays answerable.
owner-offer-go = Ask them to take over
owner-title = { $from } → { $to }
owner-from = First receiver
owner-to = Who takes over
owner-by = Offered
owner-reason = Reason
owner-note = Answer
owner-answered = Answered
owner-answer = Answer
owner-answer-hint = If you agree, you answer for this ticket to the end. Declining needs a reason.
owner-do-accept = Agree
owner-do-decline = Decline
owner-withdraw = Withdraw the offer
owner-done-offered = Offered; they have to agree.
owner-done-accepted = You are now the first receiver of this ticket.
owner-done-declined = You have declined.
owner-done-withdrawn = The offer is withdrawn.
owner-bulk-mine = { $n } running tickets of which I am first receiver
owner-bulk-hint = Before a leave, ask one colleague to take over all your running tickets; they answer for each.
owner-bulk-go = Offer all of them
owner-bulk-results = Ticket by ticket
owner-bulk-offered = Offered
owner-bulk-done = { $n } of { $all } tickets were offered.
owner-left = { $who } can no longer sign in and is first receiver of { $n } running tickets
owner-left-hint = Ask a colleague to take them over; they become first receiver when they agree.
offer-open = To answer
offer-accepted = Agreed
offer-declined = Declined
offer-withdrawn = Withdrawn
offer-lapsed = Lapsed

line-statement-submitted = submitted the overdue statement for “{ $label }”
line-statement-accepted = accepted the overdue statement for “{ $label }”
line-statement-exempted = exempted the breach of “{ $label }”
line-statement-returned = sent the overdue statement for “{ $label }” back
line-breach-taken-back = The breach of “{ $label }” is taken back; now due { $due }
line-extension-asked = asked for { $amount } more for “{ $label }”
line-extension-granted = granted { $amount } more for “{ $label }”; now due { $due }
line-extension-refused = refused more time for “{ $label }”
line-extension-withdrawn = withdrew the request for more time for “{ $label }”
line-urged-customer = took down that the customer urges ({ $channel }), number { $n }
line-urged-colleague = urged, number { $n }
line-owner-offered = asked { $to } to become first receiver instead of { $from }
line-owner-accepted = agreed: first receiver is now { $to } instead of { $from }
line-owner-declined = declined; { $from } remains first receiver
line-owner-withdrawn = withdrew the offer to { $to }
line-field = { $label }: { $text }

notice-kind-statement = Overdue statement to write
notice-kind-statement-returned = Overdue statement sent back
notice-kind-extension-granted = More time granted
notice-kind-extension-refused = More time refused
notice-kind-owner-offer = You are asked to take over
notice-kind-owner-accepted = Take-over agreed
notice-kind-owner-declined = Take-over declined

refusal-needs-statement = These limits were missed; the ticket can be closed or archived once a supervisor or manager accepts or exempts the overdue statement: { $clocks }.
refusal-not-overdue = This limit was not missed; there is nothing to explain.
refusal-statement-settled = This statement is being reviewed or is settled.
refusal-limit-over = The limit is over, so no more time can be asked for; please write the overdue statement.
refusal-no-limit = Nothing limits this, so there is nothing to extend.
refusal-extension-open = A request for more time for this limit is waiting already.
refusal-extension-settled = This request is decided or was withdrawn.
refusal-urged-just-now = You have just urged this ticket; please wait { $minutes } minutes.
refusal-offer-open = This ticket is offered to somebody already; wait for the answer or withdraw the offer.
refusal-offer-settled = This offer is answered or was withdrawn.
field-out-of-range = Enter a whole number from { $min } to { $max }.
field-is-owner = They are the first receiver already.
field-not-at-desk = A first receiver works at the service desk.
