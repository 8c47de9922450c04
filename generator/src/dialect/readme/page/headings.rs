//! The headings, labels and titles of a page: what they announce, and what becomes of those that announce nothing.

use std::ops::Range;

use super::PageReader;
use crate::{
    claims::Claim,
    dialect::readme::{
        pieces::Title,
        sections::{Section, requires_all, says_sample, says_the_same, tells_failure, tells_other_calls},
        statuses::{loose_status, said_of_status},
    },
    model::{ParameterLocation, Text},
};

impl PageReader<'_, '_> {
    /// Goes into a section.
    pub(super) fn enter(&mut self, section: Section, place: Range<usize>) {
        self.awaits_servers = section == Section::Servers;
        if self.awaits_servers {
            // What comes behind the servers belongs where it did.
            return;
        }
        self.section = section;
        self.lists_methods |= section == Section::Methods;
        match section {
            Section::Response(status) => {
                let span = self.cx.span(self.cx.trim(place.clone()));
                self.draft.response(status, span);
                if status.is_some()
                    && let Some(said) = said_of_status(self.cx.slice(place.clone()))
                    && let Some(response) = self.draft.last_response()
                {
                    response.prose_mut().add_text(Text::new(said, span));
                }
            }
            Section::RequestBody => self.draft.body_announced = true,
            _ => {}
        }
    }

    /// Takes a line that announces a section.
    pub(super) fn label(&mut self, section: Section, range: Range<usize>) {
        let label = self.cx.slice(range.clone()).to_owned();
        match self.within(section, &label) {
            Some(section) => {
                self.cx.claim(range.clone(), Claim::Fact);
                self.enter(section, range);
            }
            None => {
                self.section = Section::Prose;
                self.describe(range);
            }
        }
    }

    /// Takes a heading.
    pub(super) fn heading(&mut self, text: String, section: Option<Section>, level: u8, range: Range<usize>) {
        let title = text.trim().to_owned();
        self.responses = self.responses.filter(|(_, above)| level > *above);
        self.aside = if level > self.aside { self.aside } else { 0 };
        self.sampled = None;
        let announced = section.or_else(|| self.status_below(&title));
        self.requires_all = announced.is_some() && requires_all(&title);
        if let Some(section) = announced.and_then(|section| self.within(section, &title)) {
            self.enter_headed(section, announced == Some(section), level, range);
        } else {
            self.tell_heading(title, level, announced.is_some(), range);
        }
    }

    /// Goes into the section that a heading announces; `own` says that it is no part of a body that stands above.
    fn enter_headed(&mut self, section: Section, own: bool, level: u8, range: Range<usize>) {
        // A part of a body is below what the body is headed by.
        if own {
            self.headed = (section, level);
            self.aside = 0;
            if self.responses.is_none() && matches!(section, Section::Response(_) | Section::Statuses) {
                self.responses = Some((section, level));
            }
        }
        self.enter(section, range.clone());
        if self.awaits_servers {
            self.section = Section::Prose;
        }
        self.cx.claim(range, Claim::Fact);
    }

    /// Takes a heading that announces nothing where it stands: it says no more than the one above, names what a table of
    /// members is about, is the page's title, or is documentation.
    fn tell_heading(&mut self, title: String, level: u8, announces: bool, range: Range<usize>) {
        self.awaits_servers = false;
        let below = level > self.headed.1;
        let says_more = below && self.aside == 0 && !announces && !tells_failure(&title);
        if says_more && says_the_same(&title) {
            self.section = self.headed.0;
            self.describe(range);
            return;
        }
        let (headed, _) = self.headed;
        let in_samples = matches!(headed, Section::RequestSample | Section::ResponseSample(_));
        let sampled =
            headed.shows() && if in_samples { !tells_other_calls(&title) } else { says_sample(&title) };
        self.sampled = (says_more && sampled).then_some(headed);
        if below && self.aside == 0 {
            self.aside = level;
        }
        self.section = Section::Prose;
        if !below {
            self.headed = (Section::Prose, level);
        }
        if self.enter_members(&title) {
            self.cx.claim(range, Claim::Fact);
            return;
        }
        let is_title = self.page.title.as_ref().is_none_or(|known| known.value == title);
        if is_title && self.draft.request.is_none() && !title.is_empty() {
            self.cx.claim(range.clone(), Claim::Fact);
            let span = self.cx.span(range);
            self.page.title.get_or_insert_with(|| Text::new(title, span));
        } else {
            self.describe(range);
        }
    }

    /// The status that a heading begins with below one of responses, where a number is nothing else.
    fn status_below(&self, title: &str) -> Option<Section> {
        let of_responses = matches!(self.headed.0, Section::Response(None) | Section::Statuses);
        loose_status(title).filter(|_| of_responses).map(|status| Section::Response(Some(status)))
    }

    /// What a heading or label announces where it stands; `None` where that is nothing. What is below responses and bodies
    /// is their own: `### Fields` below `## Response`.
    fn within(&self, section: Section, title: &str) -> Option<Section> {
        let part =
            matches!(section, Section::RequestBody | Section::Parameters(None)) && says_the_same(title);
        let of_response = self.responses.is_some() && self.draft.has_response();
        match section {
            Section::Parameters(Some(ParameterLocation::Header))
                if of_response && !title.to_lowercase().contains("request") =>
            {
                Some(Section::ResponseHeaders)
            }
            _ if part && of_response => {
                (self.aside == 0).then(|| Section::Response(self.draft.last_status()))
            }
            _ if part && self.section == Section::RequestBody && self.headed.0 == Section::RequestBody => {
                Some(Section::RequestBody)
            }
            section => Some(section),
        }
    }

    /// Adds the title of a component to the prose that it heads.
    pub(super) fn title(&mut self, title: Title, range: Range<usize>) {
        self.cx.claim(range.clone(), Claim::Description);
        let Title { text, link } = title;
        let text = match link {
            Some(link) => format!("**[{text}]({link})**"),
            None => format!("**{text}**"),
        };
        let text = Text::new(text, self.cx.span(range.clone()));
        let prose = match self.section {
            Section::RequestBody => self.draft.body.prose_mut(),
            Section::Response(_) => match self.draft.last_response() {
                Some(response) => response.prose_mut(),
                None => return self.describe(range),
            },
            Section::Resource => self.resource.get_or_insert_default().prose_mut(),
            _ => &mut self.draft.prose,
        };
        prose.add_text(text);
    }
}
