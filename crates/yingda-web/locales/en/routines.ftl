# My day, the team's day, recurring work.
nav-day = My day
nav-routines = Recurring work
day-team = The team's day
day-tracking = Today's tickets
day-tracked = { $said } of { $all } looked after
day-no-tickets = You have no running tickets
day-no-tickets-hint = Tickets that you received or work on stand here, to be looked after once a day.
day-through = All of today's tickets are looked after
day-said = Looked after today
day-more = Only the { $n } that are due first are shown.
day-tick = Looked after
day-say-more = Note progress or an obstacle
day-say-again = Change
day-say = Keep
day-note = Progress
day-obstacle = Obstacle
day-word-kept = Today's word is kept.
day-with = with { $name }
obstacle-none = Nothing in the way
obstacle-department = Another department is needed
obstacle-customer = The customer's information is missing
obstacle-other = Something else
day-work = My recurring work
day-work-empty = No recurring work to do now.
day-done = Done today
day-to-read = For me to read
day-coming = The coming seven days
day-coming-empty = Nothing is planned for the coming seven days.
day-people = Everybody's day
day-people-empty = There are no agents yet
day-none-open = no running tickets
day-no-work = none today
day-shared = Work that one does for all
day-shared-empty = None today.
day-unread = To be read
day-unread-empty = Nothing waits to be read.
day-obstacles = What stands in the way today
day-obstacles-empty = Nobody has noted an obstacle today.
day-nobody = Nobody is there to do:
work-submit = Submit
work-submit-tickets = No tickets to look after: submit
work-make-up = Make up for it, or say why not
work-submitted = Submitted.
work-exempt = Leave it out this time
work-exempt-send = Leave it out
work-exempted = It is left out, with your reason.
work-reason = Reason
work-reason-hint = Say what the special case is; leads can read it.
work-reason-was = Left out because: { $reason }
work-was-read = Read.
work-late = late
work-account = Account
work-tickets-said = Tickets looked after
work-tickets-left =
    { $n ->
        [one] One ticket still lacks a word; with it this is done by itself.
       *[other] { $n } tickets still lack a word; with the last one this is done by itself.
    }
work-to-tracking = Look after them
work-quote = “{ $text }”
work-stale = This work changed while you were writing. What you typed is still below; look at it and send it again.
work-opens = Opens
work-due = Due
work-done-by = Done
work-done = { $who }, { $at }
work-record = What was submitted
work-reading = The reader's word
work-read = Read it
work-read-send = Keep as read
work-mark = Mark
work-mark-good = Good
work-mark-improve = To be improved
work-remark = Remark
work-remark-hint = Needed where it is to be improved.
work-routine = The rule and its history
work-state-open = to do
work-state-submitted = submitted
work-state-read = read
work-state-exempted = left out
work-state-missed = missed
work-state-coming = coming
routine-new = New
routine-edit = Change recurring work
routine-catalogue = Ready-made
routine-catalogue-hint = What other documents ask for every day, week, month and year, to be taken over with one click.
routines-empty = No recurring work yet
routines-empty-hint = Take some over from the ready-made ones, or make one. What process files ask for appears by itself.
routine-label = Name
routine-who = Who
routine-next = Opens next
routine-nobody = nobody there
routine-nobody-hint = Nobody fits “Who” now; when it falls due it will count as missed.
routine-read-by = read by { $who }
routine-from-company = made by the company
routine-from-catalogue = ready-made, { $source }
routine-from-process = process “{ $process }”
routine-runs = running
routine-rests = resting
routine-gone = no longer in its process
routine-rest = Let it rest
routine-resume = Take it up again
routine-rested = It rests; what had not opened is taken back.
routine-resumed = It runs again; nothing is owed for the time of rest.
routine-open-now = Open one for today
routine-opened = { $n } opened for today.
routine-open-already = There is one for today already.
routine-adopt = Take over
routine-adopt-changed = Change, then take over
routine-adopted = Taken over.
routine-taken = taken over
routine-show = Show
routine-saved = Saved.
routine-history = What came of it
routine-history-empty = Nothing has opened yet
routine-opens-next = Opens next: { $at }
routine-rule = The rule
routine-ours = our default
routine-of-process = This stands in a process file and changes with it.
routine-quote = The document says
routine-note = Remark
routine-requirements = Requirements
routine-what = What and who
routine-when = When
routine-record = Record and reading
routine-role = Role
routine-department = Department
routine-person = One person
routine-anybody = Any
routine-who-hint = With both role and department, both must fit.
routine-person-hint = Then role and department say nothing.
routine-share = How it is shared
routine-share-each = everybody does their own
routine-share-one = one does it for all
routine-each = { $who }, each their own
routine-one = { $who }, one for all
routine-every = How often
routine-by-day = every day
routine-by-week = every week
routine-by-month = every month
routine-by-year = every year
routine-weekdays = Days of the week
routine-month-day = Day of the month
routine-month-day-hint = A month without that day: its last.
routine-last-day = the last day
routine-year-day = Day of the year
routine-when-week = For every week.
routine-when-month = For every month.
routine-when-year = For every year.
routine-when-clock = For a certain time.
routine-at = Opens at
routine-at-opening = opening time
routine-at-closing = closing time
routine-at-clock = a certain time
routine-at-time = Time
routine-free-day = On a free day
routine-free-skip = it is left out
routine-free-before = it is done the working day before
routine-free-after = it is done the working day after
routine-free-anyway = it is done all the same
routine-limit = How long there is
routine-limit-hint = From when it opens; empty means by closing time.
routine-unit = Unit
routine-limit-working_minutes = working minutes
routine-limit-working_hours = working hours
routine-limit-working_days = working days
routine-limit-minutes = minutes
routine-limit-hours = hours
routine-limit-days = days
routine-limit-weeks = weeks
routine-limit-months = months
routine-fields = What to write down
routine-fields-hint = One label a line; empty means one text.
routine-tickets = A word on every ticket instead
routine-tickets-hint = Everybody says a word on each of their running tickets; nothing else is written down.
routine-record-tickets = a word on every running ticket
routine-exempt = May be left out
routine-exempt-hint = With a reason.
routine-exempt-yes = in special cases, with a reason
routine-exempt-no = no
routine-reader = Reader
routine-reader-role = Reader's role
routine-reader-department = Reader's department
routine-reader-hint = Both empty: it is done when it is submitted.
routine-every-day = every day
routine-every-workday = every working day
routine-every-week = every { $days }
routine-every-month = on day { $day } of every month
routine-every-month-end = on the last day of every month
routine-every-year = every { $mon } { $day }
routine-recurs = { $every }, { $at }, { $until }
routine-until-closing = by closing time
routine-until-limit = within { $amount }
routine-unit-working_minutes =
    { $n ->
        [one] { $n } working minute
       *[other] { $n } working minutes
    }
routine-unit-working_hours =
    { $n ->
        [one] { $n } working hour
       *[other] { $n } working hours
    }
routine-unit-working_days =
    { $n ->
        [one] { $n } working day
       *[other] { $n } working days
    }
routine-unit-minutes =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }
routine-unit-hours =
    { $n ->
        [one] { $n } hour
       *[other] { $n } hours
    }
routine-unit-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
routine-unit-weeks =
    { $n ->
        [one] { $n } week
       *[other] { $n } weeks
    }
routine-unit-months =
    { $n ->
        [one] { $n } month
       *[other] { $n } months
    }
refusal-work-not-open = The time for this work has not come yet.
refusal-work-done = This work was submitted or left out already.
refusal-work-not-submitted = This work was not submitted yet, or was read already.
refusal-untracked =
    { $left ->
        [one] One ticket still lacks a word of today.
       *[other] { $left } tickets still lack a word of today.
    }
refusal-taken-routine = This was taken over already.
field-nobody-named = Choose a role, a department or a person.
field-nobody-there = Nobody fits now, so nobody would do it.
field-never-comes = Written like this it never falls due; look at the date and at what happens on free days.
field-bad-time = This is no time of day; write it like 17:00.
field-bad-month-day = Choose 1 to 31, or the last day.
field-bad-amount = Write a whole number from 1 to 10000.
field-too-many-fields = At most { $max } labels.
line-tracked = looked after it today
line-tracked-obstacle = looked after it today; in the way: { $obstacle }
