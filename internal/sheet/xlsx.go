package sheet

import (
	"errors"
	"path"
	"strings"

	"anwen/internal/errs"
)

// xlsx reads the first sheet of the workbook that has the headings, or the first that
// has rows. Sheets that are hidden are not read.
func (b *builder) xlsx(raw []byte) (*Table, error) {
	book, err := openBook(raw)
	if err != nil {
		return nil, noWorkbook(err)
	}
	chosen, found := -1, false
	var filled []int // pages with rows
	for i, p := range book.pages {
		c, err := book.read(p, searched)
		if err != nil && !errors.As(err, &tooManyColumns{}) { // which matters on the page that is read
			return nil, noWorkbook(err)
		}
		if len(c.rows) == 0 {
			continue
		}
		filled = append(filled, i)
		_, has, _ := b.headings(c.rows)
		if !p.hidden && !found && (has || chosen < 0) {
			chosen, found = i, has
		}
	}
	if chosen < 0 {
		return nil, errs.New(errs.Invalid, "sheet.empty", nil)
	}
	page, err := book.read(book.pages[chosen], b.limits.Rows+searched)
	var tooWide tooManyColumns
	switch {
	case errors.As(err, &tooWide):
		return nil, errs.New(errs.Invalid, "sheet.too_many_columns", errs.Args{"max": MaxColumns})
	case err != nil:
		return nil, noWorkbook(err)
	}
	b.page = page
	rows := page.rows
	at, _, _ := b.headings(rows)
	width := len(trimRight(rows[at].Cells))
	for i := range rows {
		for len(rows[i].Cells) < width {
			rows[i].Cells = append(rows[i].Cells, "") // the format leaves empty cells out
		}
	}
	t, err := b.build("XLSX", rows)
	if err != nil {
		return nil, err
	}
	if t.LeftOut.Pictures, err = book.pictures(book.pages[chosen]); err != nil {
		return nil, noWorkbook(err)
	}
	for _, i := range filled {
		if i != chosen {
			t.LeftOut.Pages = append(t.LeftOut.Pages, book.pages[i].name)
		}
	}
	return t, nil
}

// pictures are the files of the pictures that lie on a page.
func (b *book) pictures(p page) (files []string, err error) {
	drawings, err := b.links(p.part)
	if err != nil {
		return nil, err
	}
	for _, drawing := range drawings {
		if !strings.HasSuffix(drawing.kind, "/drawing") {
			continue
		}
		images, err := b.links(drawing.target)
		if err != nil {
			return nil, err
		}
		for _, image := range images {
			if strings.HasSuffix(image.kind, "/image") {
				files = append(files, path.Base(image.target))
			}
		}
	}
	return files, nil
}

func noWorkbook(cause error) error {
	return errs.New(errs.Invalid, "sheet.no_workbook", nil).Because(cause)
}

// tooManyColumns is a page with a value right of the last column that may be used.
type tooManyColumns struct{}

func (tooManyColumns) Error() string { return "too many columns" }
