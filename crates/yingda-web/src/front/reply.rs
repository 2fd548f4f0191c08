//! Answers: a page, a redirect after a post, or a fault that `dress` turns into a page or a problem document.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use yingda_app::AppError;
use yingda_core::Refusal;

/// What a page's handler gives.
pub type PageResult = Result<Response, Fault>;

/// A fault on its way out.
#[derive(Debug, Clone)]
pub struct Fault(pub AppError);

impl<E: Into<AppError>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// The HTTP status of a fault.
#[must_use]
pub fn status(error: &AppError) -> StatusCode {
    match error {
        AppError::Store(yingda_app::StoreError::Unavailable(_)) => StatusCode::SERVICE_UNAVAILABLE,
        AppError::Store(_) | AppError::House(_) => StatusCode::INTERNAL_SERVER_ERROR,
        AppError::Refused(refusal) => match refusal {
            Refusal::NotAllowed => StatusCode::FORBIDDEN,
            Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::Stale { .. }
            | Refusal::StepNotOpen
            | Refusal::TicketEnded
            | Refusal::NotClosed
            | Refusal::SheetNotOpen
            | Refusal::NotCountersigned
            | Refusal::Taken { .. }
            | Refusal::AlreadySetUp
            | Refusal::NothingToPause
            | Refusal::ClockStopped
            | Refusal::WorkNotOpen
            | Refusal::WorkDone
            | Refusal::WorkNotSubmitted
            | Refusal::Untracked { .. }
            | Refusal::NotOverdue
            | Refusal::StatementSettled
            | Refusal::LimitOver
            | Refusal::NoLimit
            | Refusal::ExtensionOpen
            | Refusal::ExtensionSettled
            | Refusal::OfferOpen
            | Refusal::OfferSettled
            | Refusal::InUse
            | Refusal::TurnsOverlap { .. }
            | Refusal::DutySettled
            | Refusal::TooEarly
            | Refusal::HandoverSigned
            | Refusal::NotHandedOver
            | Refusal::SameSigner => StatusCode::CONFLICT,
            Refusal::Fields(_)
            | Refusal::KeyReused
            | Refusal::Process { .. }
            | Refusal::Import { .. }
            | Refusal::NeedsStatement { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::BadCredentials | Refusal::BadCode => StatusCode::UNAUTHORIZED,
            Refusal::TooMany { .. } | Refusal::UrgedJustNow { .. } => StatusCode::TOO_MANY_REQUESTS,
            Refusal::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::FileType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        },
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Renders a view.
///
/// # Errors
/// A fault of the house where the template fails, which only formatting can.
pub fn render(view: &impl Template) -> Result<Html<String>, Fault> {
    view.render().map(Html).map_err(|e| Fault(AppError::House(format!("a page cannot be rendered: {e}"))))
}

/// Goes on to another page after a post.
#[must_use]
pub fn see_other(path: &str) -> Response {
    let location = HeaderValue::from_str(path).unwrap_or_else(|_| HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
}
