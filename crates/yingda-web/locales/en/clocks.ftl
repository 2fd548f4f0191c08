# Limits of a ticket
clocks = Limits
clocks-none-going = No limit is running.
clocks-past = Past limits
clock-wall = Time by the clock
clock-by = due
clock-since = since
clock-own = Own limit
clock-extra = Extended by { $limit }
clock-round = Round { $n }
clock-running = Running
clock-paused = Paused
clock-over = Overdue
clock-met = In time
clock-broken = Late
clock-void = Does not count
clock-no-limit = No limit
clock-used = { $used } used
clock-used-of = { $used } of { $whole } used
clock-working-span = { $span } of working time
clock-at-date = until { $date }
clock-before-date = { $lead } before { $date }
clock-missing-year = The statutory holidays of { $year } are not known yet. That year is counted by the calendar's ordinary rules, and the due time may change.
clock-why = How it is counted
clock-all = The whole course
clock-about = This limit
clock-limit = Limit
clock-calendar = Calendar
clock-started = Started
clock-due = Due
clock-stopped = Stopped
clock-stopped-by = Stopped by
clock-breached = Missed
clock-answerable = Answers for it
clock-account-of = Limit of { $limit }
clock-no-account = There is no due time to account for line by line: there is no limit, or it counts back from a planned date.
clock-segments = When it ran
clock-no-segments = It has not run yet.
clock-from = From
clock-until = Until
clock-long = Counted
clock-now = now
clock-pauses = Pauses
clock-no-pauses = It has never been paused.
clock-ended-by = resumed by { $who }
clock-pause = Pause
clock-pause-go = Pause
clock-pause-reason = Reason
clock-pause-note = What is waited for
clock-pause-note-hint = Kept on the ticket, such as: the customer sends the serial number
clock-resume = Resume
clock-resume-go = Resume
clock-resume-note = Remark
clock-limit-set = Set this ticket's own limit
clock-limit-go = Set
clock-limit-which = Which limit
clock-limit-how = How
clock-limit-amount = From its start
clock-limit-until = Until a time
clock-limit-usual = As usual again
clock-limit-when = With “{ $choice }”.
clock-limit-number = How long
clock-limit-unit = Unit
clock-limit-instant = Until when
clock-limit-reason = Reason
clock-limit-reason-hint = Kept on the ticket for everybody to see
clock-done-paused = Paused.
clock-done-resumed = Resumed.
clock-done-limit = The ticket's own limit is set and its due time counted again.
clock-or = { " " }or{ " " }
clock-measures = From { $from } to { $to }
clock-measures-all = From all of { $from } to { $to }
clock-measures-planned = Counted back from “{ $field }”, until { $to }
clock-renews = ; begins anew after { $moment }
clock-pauses-in = ; stands still in “{ $steps }”
moment-opened = intake
moment-ended = end
moment-responded = response
moment-solved = solution
moment-confirmed = confirmation
moment-reopened = reopening
moment-told-customer = a word to the customer
moment-assigned = assignment
moment-entered = entering “{ $step }”
moment-completed = completing “{ $step }”
moment-left = leaving “{ $step }”
moment-received = receipt of the sheet of “{ $step }”
moment-answered = answer to the sheet of “{ $step }”
limit-working-minutes = { $n ->
    [one] { $n } working minute
   *[other] { $n } working minutes
}
limit-working-hours = { $n ->
    [one] { $n } working hour
   *[other] { $n } working hours
}
limit-working-days = { $n ->
    [one] { $n } working day
   *[other] { $n } working days
}
limit-minutes = { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
}
limit-hours = { $n ->
    [one] { $n } hour
   *[other] { $n } hours
}
limit-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
limit-weeks = { $n ->
    [one] { $n } week
   *[other] { $n } weeks
}
limit-months = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
clock-unit-working-minutes = working minutes
clock-unit-working-hours = working hours
clock-unit-working-days = working days
clock-unit-minutes = minutes
clock-unit-hours = hours
clock-unit-days = days
clock-unit-weeks = weeks
clock-unit-months = months
line-clocks-paused = Paused ({ $reason }): { $clocks }
line-clocks-resumed = Resumed: { $clocks }
line-limit-set = Set this ticket's own limit for “{ $label }”, due { $due }
line-limit-set-none = Set this ticket's own limit for “{ $label }”, with no due time now
refusal-nothing-to-pause = There is nothing to pause or resume; somebody may have been faster.
refusal-clock-stopped = This limit has stopped and cannot be set any more.
field-before-start = This is before the limit began; choose a later time.
field-limit-zero = At least 1; for no limit choose “No limit”.
field-limit-whole = A whole number, such as 2.
field-limit-too-large = Too long: at most { $max }.
field-limit-twice = Give a length or a time, not both.
