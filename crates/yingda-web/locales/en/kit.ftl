# Components: fields, limits, lists, words

yes = Yes
no = No
field-required = required
choice-none = Leave empty
choice-pick = Choose
choice-any = Any
form-faults =
    { $n ->
        [one] One thing to fill in or correct
       *[other] { $n } things to fill in or correct
    }
paging = Pages
paging-prev = Previous
paging-next = Next
paging-shown = { $n } on this page
selected = { $n } selected
save = Save
cancel = Cancel
edit = Edit
delete = Delete
back = Back
all-of-them = Show all
optional = optional

# Time
time-today = Today { $clock }
time-yesterday = Yesterday { $clock }
time-tomorrow = Tomorrow { $clock }
time-this-year = { $day } { $mon } { $clock }
time-other-year = { $day } { $mon } { $year } { $clock }
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
due-at = Due { $when }
due-none = No limit
due-met = Met
due-paused = Clock paused
left-now = Under a minute left
left-minutes = { $n } min left
left-hours = { $n } h left
left-hours-minutes = { $n } h { $m } min left
left-days =
    { $n ->
        [one] { $n } day left
       *[other] { $n } days left
    }
left-days-hours = { $n } d { $m } h left
over-now = Just over
over-minutes = { $n } min over
over-hours = { $n } h over
over-hours-minutes = { $n } h { $m } min over
over-days =
    { $n ->
        [one] { $n } day over
       *[other] { $n } days over
    }
over-days-hours = { $n } d { $m } h over

# Priority (S03)
priority = Priority
priority-urgent = Urgent
priority-high = High
priority-normal = Normal
priority-low = Low

# Where a ticket stands
state-new = New
state-assigned = Assigned
state-working = In progress
state-waiting-customer = Waiting for customer
state-waiting-department = Waiting for department
state-solved = Solved
state-confirmed = Confirmed by customer
state-closed = Closed
state-archived = Archived

# Channels
channel-phone = Phone
channel-chat = Chat
channel-mail = Mail
channel-letter = Letter
channel-visit = Visit
channel-import = Import

# Roles
role-agent = Service agent
role-supervisor = Supervisor
role-manager = Manager
role-member = Department member
role-head = Department head
role-administrator = Administrator

# Ticket lists
ticket-number = Number
ticket-title = Matter
ticket-state = State
ticket-department = Department
ticket-assignee = Assignee
ticket-owner = Owner
ticket-due = Limit
ticket-received = Received
ticket-updated = Updated
ticket-channel = Channel
ticket-kind = Kind
ticket-process = Process
ticket-customer = Customer
ticket-action = Action
ticket-pick = Select
ticket-pick-one = Select ticket { $number }
customer-unknown = Unregistered caller
assignee-none = Nobody yet
take = Take

# Contact sheets
sheet = Contact sheet
sheet-state-new = To be received
sheet-state-received = Received
sheet-state-answered = Answered
sheet-state-countersigned = Countersigned
sheet-state-published = Published as answer
