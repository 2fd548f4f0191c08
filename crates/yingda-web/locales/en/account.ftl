# Account and settings

theme = Appearance
theme-auto = As the system
theme-light = Light
theme-dark = Dark
account-look = Display
account-password = Change password
account-password-old = Current password
account-password-new = New password
account-password-go = Change password
account-password-hint = Other devices will have to sign in again.
account-sessions = Sessions
session-device = Device
session-address = Address
session-seen = Last seen
session-current = this one
session-revoke = End
account-tokens = API tokens
token-none = No tokens.
token-name = Purpose
token-made = Made
token-used = Last used
token-new = New token
token-revoke = Revoke
token-once = This token is shown only this once. Keep it now:
settings-about = About this installation
settings-version = Version
settings-engine = Database
session-unknown = Unknown device
session-ended = That device is signed out.
sessions-end = Sign out everywhere else
sessions-ended = { $n ->
    [one] Signed out { $n } other device.
   *[other] Signed out { $n } other devices.
  }
token-revoked = The token is revoked.
account-password-changed = The password is changed. Other devices have to sign in again.
account-look-saved = Your display settings are saved.
settings-zone = Time zone
settings-jobs-waiting = Jobs waiting
settings-jobs-failed = Jobs given up
settings-jobs-look = Some jobs failed again and again and were given up. Look into the log.
settings-sign-in = Language of the sign-in page
settings-sign-in-hint = These addresses open the sign-in page in a language; put them on your intranet or into bookmarks.
