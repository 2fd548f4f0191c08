# Standard answers

search = Search
answers-query = Question or words
answers-empty = No standard answer found
answers-empty-hint = Try other words. If there is none, ask the department with a contact sheet.
answer-new = New answer
answer-edit = Edit answer
answer-question = Question
answer-text = Answer
answer-department = Department
answer-review = Review by
answer-reason = Reason of the change
answer-owner = Owner
answer-reviewed = Reviewed
answer-expires = Review by
answer-used = Used
answer-uses = used { $n } times
answer-version = Version { $n }
answer-source = From sheet
answer-history = History
answer-facts = About this answer
answer-draft-from = Draft from contact sheet
answer-in-force = In force
answer-to-review = To be reviewed
answer-expired = Expired
