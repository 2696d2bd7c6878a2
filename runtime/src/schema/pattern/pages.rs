//! An index into a sorted table of character ranges.

/// For each page of the Basic Multilingual Plane, the last entry that begins at or before the start of the page. In
/// most pages, no further entry begins, so no search is needed.
pub(super) struct Pages([u16; PAGES + 1]);

const PAGES: usize = 64;
const PAGE_BITS: u32 = 10;

impl Pages {
    /// Creates the index of a table, each of whose entries begins with its first character.
    pub(super) const fn new(table: &[(u32, u32)]) -> Self {
        let (mut pages, mut page, mut entry, mut number) = ([0; PAGES + 1], 0, 0, 0_u16);
        while page <= PAGES {
            while entry + 1 < table.len() && table[entry + 1].0 as usize <= page << PAGE_BITS {
                (entry, number) = (entry + 1, number + 1);
            }
            pages[page] = number;
            page += 1;
        }
        Self(pages)
    }

    /// Returns the index of the last entry that begins at or before the character.
    #[inline]
    pub(super) fn find(&self, table: &[(u32, u32)], c: u32) -> Option<usize> {
        let page = ((c >> PAGE_BITS) as usize).min(PAGES);
        let first = usize::from(self.0[page]);
        let end = self.0.get(page + 1).map_or(table.len(), |last| usize::from(*last) + 1);
        // Usually there is one candidate. Several are searched by bisection.
        let candidates = table.get(first..end)?;
        let begun = |(start, _): &(u32, u32)| *start <= c;
        let after = match candidates {
            [one] => usize::from(begun(one)),
            candidates => candidates.partition_point(begun),
        };
        (first + after).checked_sub(1)
    }
}
