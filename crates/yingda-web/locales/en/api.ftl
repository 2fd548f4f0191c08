# Problem documents of the API: requests that no intention ever saw
api-no-token = Send an API token: Authorization: Bearer yd_….
api-bad-token = This API token is not known, was taken away, or belongs to somebody who may no longer sign in.
api-bad-key = An Idempotency-Key has 1 to 200 visible ASCII characters.
api-malformed = What was sent cannot be read.
api-malformed-json = What was sent is not JSON: { $why }.
api-not-found = There is nothing at this address.
api-method-not-allowed = This address does not take this method; the Allow header says which it takes.
api-body-too-large = The body is too large: at most 2 MB of JSON, or 50 MB with a file.
api-unsupported-media-type = Send the body as application/json.
api-fields = Some fields do not fit; each is named.
api-field-unknown-field = There is no field { $field } here.
api-field-missing = The field { $field } is missing.
api-field-twice = The field { $field } stands twice.
api-field-not-an-option = The value of { $field } is none of those that are possible ({ $why }).
api-field-wrong-type = The value of { $field } does not fit ({ $why }).
field-unreadable = This cannot be read: { $why }.
