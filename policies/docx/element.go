package docx

// reading is what is done with an element that stands in a line of text.
type reading func(p *prose, n *node)

// inline has every element that may stand in a paragraph, a run or what wraps
// them (ECMA-376 part 1, §17.3 to §17.16): its words are kept, it shows nothing,
// or it is named in a warning. What is not listed is named too, and its words
// are kept.
var inline map[string]reading

func init() { // not in the declaration: the readings look into the table themselves
	inline = map[string]reading{
		// Text.
		"w:r":             (*prose).run,
		"w:t":             func(p *prose, n *node) { p.say(n.text) },
		"w:tab":           func(p *prose, _ *node) { p.say("\t") },
		"w:ptab":          func(p *prose, _ *node) { p.say("\t") },
		"w:br":            func(p *prose, _ *node) { p.say("\n") },
		"w:cr":            func(p *prose, _ *node) { p.say("\n") },
		"w:noBreakHyphen": func(p *prose, _ *node) { p.say("\u2011") },
		"w:sym":           func(p *prose, n *node) { p.symbol(n.value("font"), n.value("char")) },
		"w16se:symEx":     func(p *prose, n *node) { p.symbol("", n.value("char")) },
		"w:ruby":          (*prose).ruby,
		"m:oMath":         (*prose).formula,
		"m:oMathPara":     (*prose).formula,
		"m:r":             (*prose).formula,
		// What wraps text.
		"w:hyperlink":         (*prose).hyperlink,
		"w:smartTag":          (*prose).into,
		"w:customXml":         (*prose).into,
		"w:sdt":               (*prose).control,
		"w:sdtContent":        (*prose).into,
		"w:dir":               (*prose).into,
		"w:bdo":               (*prose).into,
		"w:rubyBase":          (*prose).into,
		"w:rt":                (*prose).into,
		"w:fldSimple":         (*prose).simpleField,
		"mc:AlternateContent": func(p *prose, n *node) { p.into(alternative(n)) },
		// Fields in pieces.
		"w:fldChar":      (*prose).fieldMark,
		"w:instrText":    (*prose).instruction,
		"w:delInstrText": silent,
		"w:fldData":      silent,
		// Tracked changes, read as accepted.
		"w:ins":      (*prose).inserted,
		"w:moveTo":   (*prose).inserted,
		"w:del":      (*prose).deleted,
		"w:moveFrom": (*prose).deleted,
		"w:delText":  silent, // stands in w:del alone
		// Notes.
		"w:footnoteReference": func(p *prose, n *node) { p.note(p.r.footnotes, "", n) },
		"w:endnoteReference":  func(p *prose, n *node) { p.note(p.r.endnotes, "e", n) },
		"w:commentReference":  left("policies.docx_notes"),
		// Pictures and what is embedded.
		"w:drawing":     (*prose).drawing,
		"w:pict":        (*prose).drawing,
		"w:object":      (*prose).drawing,
		"w:contentPart": left("policies.docx_pictures"),
		"w:movie":       left("policies.docx_pictures"),
		"w:control":     leftNamed("policies.docx_embedded", "name"),
		"w:subDoc":      left("policies.docx_subdocument"),
		"w:altChunk":    left("policies.docx_subdocument"),
		// The date that Word writes when it opens the file, and page numbers.
		"w:dayShort": left("policies.docx_dates"), "w:dayLong": left("policies.docx_dates"),
		"w:monthShort": left("policies.docx_dates"), "w:monthLong": left("policies.docx_dates"),
		"w:yearShort": left("policies.docx_dates"), "w:yearLong": left("policies.docx_dates"),
		"w:pgNum": silent,
		// What shows nothing.
		"w:softHyphen": silent, "w:lastRenderedPageBreak": silent, "w:proofErr": silent, "w:noProof": silent,
		"w:pPr": silent, "w:rPr": silent, "w:sdtPr": silent, "w:sdtEndPr": silent, "w:smartTagPr": silent, "w:customXmlPr": silent,
		"w:rubyPr": silent, "w:ffData": silent, "w:sectPr": silent, "m:ctrlPr": silent, "m:oMathParaPr": silent,
		"w:bookmarkStart": silent, "w:bookmarkEnd": silent, "w:permStart": silent, "w:permEnd": silent,
		"w:commentRangeStart": silent, "w:commentRangeEnd": silent, "w:annotationRef": silent,
		"w:footnoteRef": silent, "w:endnoteRef": silent, "w:separator": silent, "w:continuationSeparator": silent,
		"w:moveFromRangeStart": silent, "w:moveFromRangeEnd": silent, "w:moveToRangeStart": silent, "w:moveToRangeEnd": silent,
		"w:customXmlInsRangeStart": silent, "w:customXmlInsRangeEnd": silent, "w:customXmlDelRangeStart": silent, "w:customXmlDelRangeEnd": silent,
		"w:customXmlMoveFromRangeStart": silent, "w:customXmlMoveFromRangeEnd": silent, "w:customXmlMoveToRangeStart": silent, "w:customXmlMoveToRangeEnd": silent,
		"w14:conflictIns": (*prose).inserted, "w14:conflictDel": (*prose).deleted,
		"w14:customXmlConflictInsRangeStart": silent, "w14:customXmlConflictInsRangeEnd": silent,
		"w14:customXmlConflictDelRangeStart": silent, "w14:customXmlConflictDelRangeEnd": silent,
	}
}

func silent(*prose, *node) {}

func left(code string) reading {
	return func(p *prose, _ *node) { p.r.warn(code, "") }
}

func leftNamed(code, attribute string) reading {
	return func(p *prose, n *node) { p.r.warn(code, n.value(attribute)) }
}

// into reads what stands in an element.
func (p *prose) into(n *node) {
	if n == nil {
		return
	}
	for _, c := range n.children {
		p.read(c)
	}
}

func (p *prose) read(n *node) {
	if read, known := inline[n.name]; known {
		read(p, n)
		return
	}
	p.r.warn("policies.docx_unknown", n.name)
	p.say(n.text)
	p.into(n)
}

// alternative is the choice that a reader of today takes, unless only the older
// form holds words.
func alternative(n *node) *node {
	words := []string{"w:t", "m:t", "w:sym", "w:drawing", "w:pict"}
	choice, fallback := n.child("mc:Choice"), n.child("mc:Fallback")
	if choice == nil && fallback == nil {
		return n
	}
	if choice == nil || fallback != nil && fallback.has("w:t") && !choice.has(words...) {
		return fallback
	}
	return choice
}
