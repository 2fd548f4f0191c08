# Sign-in, first run, error pages

sign-in = Sign in
sign-in-login = Sign-in name
sign-in-password = Password
sign-in-wrong = The name or the password is not right.
sign-in-throttled =
    { $n ->
        [one] Too many tries. Try again in { $n } minute.
       *[other] Too many tries. Try again in { $n } minutes.
    }
sign-in-forgot = Forgotten the password? An administrator can set a new one.
language = Language
first-run = Create the administrator
first-run-lead = Enter the one-time code that the program printed when it started.
first-run-code = One-time code
first-run-code-wrong = The code is not right or has been used.
first-run-company = Company
first-run-name = Name
first-run-password = Password
first-run-password-hint = At least 10 characters; a whole phrase is fine.
first-run-again = Password once more
first-run-go = Create and sign in
error-400 = This request makes no sense
error-400-advice = What the browser sent is incomplete or out of date. Go back and try again.
error-403 = Not permitted
error-403-advice = Your role may not see or do this. Ask your supervisor or an administrator if you need it.
error-404 = There is no such page
error-404-advice = The link may be wrong, or this is outside what you may see.
error-409 = Somebody else was faster
error-409-advice = Go back, look at what is new, and try again.
error-413 = The file is too large
error-413-advice = Make it smaller or send it in parts.
error-422 = Something has to be corrected
error-422-advice = Go back and follow the hints. What you typed is kept.
error-429 = Too fast
error-429-advice = Wait a moment and try again.
error-500 = Something went wrong on our side
error-500-advice = It has been logged, and nothing saved is affected. Try again, or give the number below to an administrator.
error-503 = The database is away
error-503-advice = We keep trying to reach it; nothing saved is affected. Reload in a moment.
error-home = To my desk
error-again = Try again
error-request = Request
