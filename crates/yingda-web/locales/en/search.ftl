# Search

search-in = Look in
search-in-all = Everything
search-in-tickets = Tickets
search-in-messages = Messages
search-in-answers = Answers
search-hit-ticket = Ticket
search-hit-message = Message
search-hit-answer = Answer
search-start = What are you looking for?
search-start-hint = A number, a customer, a phone, or words; simplified or traditional, full or half width.
search-none = Nothing found for “{ $query }”
search-none-hint = Try other words, or look elsewhere.
search-no-words = Type letters or digits; signs alone cannot be searched for.
search-in-sheets = Sheets
search-hit-sheet = Sheet
