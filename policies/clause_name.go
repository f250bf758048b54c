package policies

import (
	"fmt"

	"anwen/internal/i18n"
	"anwen/policies/clauses"
)

// clauseNames tells how people call the clauses of published texts, and in which order
// they stand; each text is read once.
type clauseNames struct {
	texts     func(code string, number int) (Texts, error)
	documents map[string]clauses.Document
}

func newClauseNames(texts func(code string, number int) (Texts, error)) *clauseNames {
	return &clauseNames{texts: texts, documents: map[string]clauses.Document{}}
}

// of is the name and the place of a cited clause; for the whole policy no name, before
// all clauses. A clause that cannot be found keeps the words of its citation.
func (n *clauseNames) of(code string, version int, l i18n.Locale, cited, address string) (name string, order int, err error) {
	if cited == "" {
		return "", -1, nil
	}
	key := fmt.Sprint(code, " ", version, " ", l)
	doc, read := n.documents[key]
	if !read {
		texts, err := n.texts(code, version)
		if err != nil {
			return "", 0, err
		}
		doc = clauses.Parse(texts[l])
		n.documents[key] = doc
	}
	for i, c := range doc.Clauses {
		if c.Address == address {
			return c.Name(), i, nil
		}
	}
	return cited, len(doc.Clauses), nil
}
