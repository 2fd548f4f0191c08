//! The desk behind its real router, and people who look at it as browsers do: with their cookie, their form's token, and no more.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use tower::ServiceExt;
use yingda_app::accounts::Origin;
use yingda_app::secret;
use yingda_core::Role;
use yingda_testkit::Desk;
use yingda_testkit::desk::PASSWORD;
use yingda_web::{WebState, router};

/// The mark between the parts of an upload.
const BOUNDARY: &str = "----part-of-an-upload";

/// A desk with its router.
pub struct Site {
    pub desk: Desk,
    router: Router,
}

impl Site {
    pub fn new(desk: Desk) -> Self {
        let edge = desk.edge.clone();
        let state = WebState::new(desk.app.clone(), Arc::new(move || edge.ctx()));
        Self { desk, router: router(state) }
    }

    /// Adds somebody and signs them in.
    pub async fn person(&self, name: &str, department: &str, role: Role) -> Browser<'_> {
        let actor = self.desk.person(name, department, [role]).await;
        let origin = Origin { agent: "test".to_owned(), address: "127.0.0.1".to_owned() };
        let secret = self.desk.app.sign_in(&self.desk.ctx(), name, PASSWORD, origin).await.unwrap();
        Browser { site: self, secret, actor }
    }

    async fn answer(&self, request: Request<Body>) -> Response {
        self.router.clone().oneshot(request).await.unwrap()
    }
}

/// Somebody signed in.
pub struct Browser<'a> {
    site: &'a Site,
    pub secret: String,
    pub actor: yingda_core::Actor,
}

/// What came back.
#[derive(Debug)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    pub bytes: Vec<u8>,
}

impl Page {
    /// Where it leads, without its fragment.
    pub fn location(&self) -> String {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        let location = self.headers[header::LOCATION].to_str().unwrap();
        location.split('#').next().unwrap().to_owned()
    }

    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }

    /// Fails where a text is not on the page, and shows it.
    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        assert!(self.has(text), "“{text}” is not on the page ({}):\n{}", self.status, self.body);
        self
    }

    /// The value of the first hidden input of that name.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("<input type=\"hidden\" name=\"{name}\" value=\"");
        let at = self.body.find(&start).unwrap_or_else(|| panic!("no hidden {name}:\n{}", self.body)) + start.len();
        self.body[at..].split('"').next().unwrap().to_owned()
    }

    /// The address of the first form that is posted to something ending so.
    pub fn action(&self, ending: &str) -> String {
        let forms = self.body.split("action=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let found = forms.filter(|action| action.contains(ending)).map(str::to_owned).next();
        found.unwrap_or_else(|| panic!("no form posts to {ending}:\n{}", self.body))
    }

    /// The first link that begins so.
    pub fn link(&self, beginning: &str) -> String {
        let links = self.body.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
        let found = links.filter(|link| link.starts_with(beginning)).map(str::to_owned).next();
        found.unwrap_or_else(|| panic!("no link to {beginning}:\n{}", self.body))
    }
}

impl Browser<'_> {
    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        Request::builder().method(method).uri(path).header(header::COOKIE, format!("yd_session={}", self.secret))
    }

    /// The answer as it comes, for streams.
    pub async fn open(&self, path: &str) -> Response {
        self.site.answer(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Page {
        read(self.open(path).await).await
    }

    /// Sends a form with the right token.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = secret::csrf(&self.secret);
        let mut all = vec![("csrf", csrf.as_str())];
        all.extend_from_slice(fields);
        self.post_bare(path, &all).await
    }

    /// Sends a form as it is.
    pub async fn post_bare(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = serde_html_form::to_string(fields).unwrap();
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        read(self.site.answer(request).await).await
    }

    /// Sends a form with files: field, name, content.
    pub async fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Page {
        let csrf = secret::csrf(&self.secret);
        let mut body = Vec::new();
        for (name, value) in [("csrf", csrf.as_str())].iter().chain(fields) {
            let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(part.as_bytes());
        }
        for (field, name, content) in files {
            let part = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(part.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .body(Body::from(body))
            .unwrap();
        read(self.site.answer(request).await).await
    }

    /// Goes where an answer leads.
    pub async fn follow(&self, page: &Page) -> Page {
        let flash = page
            .headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next().map(str::to_owned))
            .find(|cookie| cookie.starts_with("yd_flash="));
        let cookies =
            [Some(format!("yd_session={}", self.secret)), flash].into_iter().flatten().collect::<Vec<_>>().join("; ");
        let request = Request::get(page.location()).header(header::COOKIE, cookies).body(Body::empty()).unwrap();
        read(self.site.answer(request).await).await
    }
}

async fn read(response: Response) -> Page {
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Page { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&bytes).into_owned(), bytes }
}
