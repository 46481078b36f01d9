//! What each surface sees of a meeting, and what it may ask.
//!
//! Hidden means not sent: a view is built for one audience and holds nothing that audience must not know. The stage
//! never gets a name beside a note or a vote, a phone never gets another's note, and nobody gets a total before the
//! reveal. All wording of times and durations happens here, so that the surfaces and the preview on the console
//! cannot disagree.
//!
//! With the feature `bindings` the types are written out as TypeScript; see `cargo xtask bindings`.

mod clock;
mod console;
mod duty;
mod failure;
mod incident;
mod library;
mod phone;
mod script;
mod stage;

pub use clock::ClockView;
pub use console::*;
pub(crate) use duty::duty_view;
pub use duty::{DutyEvent, DutyView};
pub use failure::Failure;
pub use incident::{EventView, IncidentView, MeasureView, MilestoneView, PlannedForView, RecollectionView};
pub use library::*;
pub use phone::*;
pub use script::{Rescue, Script};
pub use stage::*;

/// The version of the views. A phone page that was loaded from another version reloads itself.
pub const PROTOCOL: u32 = 4;

#[cfg(all(test, feature = "bindings"))]
mod bindings {
    //! Exports what no view refers to; the views export themselves.

    use ts_rs::TS;

    #[test]
    fn export_bindings_of_requests() -> Result<(), ts_rs::ExportError> {
        meeting::Request::export_all(&ts_rs::Config::from_env())
    }

    #[test]
    fn export_bindings_of_prose() -> Result<(), ts_rs::ExportError> {
        meeting::Prose::export_all(&ts_rs::Config::from_env())
    }

    #[test]
    fn export_bindings_of_templates() -> Result<(), ts_rs::ExportError> {
        meeting::Template::export_all(&ts_rs::Config::from_env())
    }

    #[test]
    fn export_bindings_of_settings() -> Result<(), ts_rs::ExportError> {
        meeting::PublishingPlan::export_all(&ts_rs::Config::from_env())?;
        meeting::TicketTemplate::export_all(&ts_rs::Config::from_env())
    }

    #[test]
    fn export_bindings_of_the_file_reader() -> Result<(), ts_rs::ExportError> {
        intake::FileReading::export_all(&ts_rs::Config::from_env())?;
        intake::Progress::export_all(&ts_rs::Config::from_env())?;
        intake::Window::export_all(&ts_rs::Config::from_env())
    }

    #[test]
    fn export_bindings_of_the_timeline_reader() -> Result<(), ts_rs::ExportError> {
        intake::Reading::export_all(&ts_rs::Config::from_env())
    }
}
