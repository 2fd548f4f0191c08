//! Samples of sign-in, first run and the error pages.

use super::{Sampled, Scene};
use crate::kit::{FieldForm, FieldKind, FieldView};
use crate::views::error::{ErrorKind, ErrorPage};
use crate::views::first_run::FirstRunPage;
use crate::views::sign_in::SignInPage;

impl Sampled for SignInPage {
    const NAME: &'static str = "sign-in";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let fresh = Self {
            shell: scene.bare(),
            login: FieldView::new(FieldKind::Text, "login", t.say("sign-in-login")).required().autocomplete("username"),
            password: FieldView::new(FieldKind::Password, "password", t.say("sign-in-password"))
                .required()
                .autocomplete("current-password"),
            next: "/".to_owned(),
            error: None,
            throttled: None,
        };
        let mut wrong = fresh.clone();
        wrong.login.value = "lixiaomei".to_owned();
        wrong.error = Some(t.say("sign-in-wrong"));
        let throttled = Self { throttled: Some(t.with("sign-in-throttled", &[("n", 5)])), ..wrong.clone() };
        vec![("fresh", fresh), ("wrong", wrong), ("throttled", throttled)]
    }
}

impl Sampled for FirstRunPage {
    const NAME: &'static str = "first-run";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let fields = vec![
            FieldView::new(FieldKind::Text, "code", t.say("first-run-code")).required().autocomplete("one-time-code"),
            FieldView::new(FieldKind::Text, "company", t.say("first-run-company"))
                .required()
                .autocomplete("organization"),
            FieldView::new(FieldKind::Text, "name", t.say("first-run-name")).required().autocomplete("name"),
            FieldView::new(FieldKind::Text, "login", t.say("sign-in-login")).required().autocomplete("username"),
            FieldView::new(FieldKind::Password, "password", t.say("first-run-password"))
                .required()
                .hint(t.say("first-run-password-hint"))
                .autocomplete("new-password"),
            FieldView::new(FieldKind::Password, "again", t.say("first-run-again"))
                .required()
                .autocomplete("new-password"),
        ];
        let fresh = Self { shell: scene.bare(), form: FieldForm::new(fields) };
        let mut wrong = fresh.clone();
        wrong.form.fields[0].error = Some(t.say("first-run-code-wrong"));
        wrong.form.fields[1].value = "岭南置业集团".to_owned();
        vec![("fresh", fresh), ("wrong", wrong)]
    }
}

impl Sampled for ErrorPage {
    const NAME: &'static str = "error";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let names = ["400", "403", "404", "409", "413", "422", "429", "500", "503"];
        ErrorKind::ALL
            .into_iter()
            .zip(names)
            .map(|(kind, name)| {
                let mut shell = scene.bare();
                shell.path = "/tickets/tkt_017".to_owned();
                (name, Self { shell, kind, detail: None, request_id: "req_01jbz6w8m4k2q".to_owned() })
            })
            .collect()
    }
}
