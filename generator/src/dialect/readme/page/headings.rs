//! The headings, labels and titles of a page: what they announce, and what becomes of those that announce nothing.

use std::ops::Range;

use super::PageReader;
use crate::{
    claims::Claim,
    dialect::readme::{
        pieces::Title,
        sections::{Section, loose_status, requires_all, said_of_status, says_the_same, tells_failure},
    },
    model::Text,
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

    /// Takes a heading.
    pub(super) fn heading(&mut self, text: String, section: Option<Section>, level: u8, range: Range<usize>) {
        let title = text.trim().to_owned();
        let below = level > self.headed.1;
        let section = section.or_else(|| self.status_below(&title).filter(|_| below));
        self.requires_all = section.is_some() && requires_all(&title);
        if let Some(section) = section {
            self.headed = (section, level);
            self.enter(section, range.clone());
            if self.awaits_servers {
                self.section = Section::Prose;
            }
            self.cx.claim(range, Claim::Fact);
            return;
        }
        self.awaits_servers = false;
        self.fails = below && tells_failure(&title);
        if below && says_the_same(&title) && !self.fails {
            self.section = self.headed.0;
            self.describe(range);
            return;
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
