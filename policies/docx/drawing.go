package docx

import "strings"

// drawing keeps the words of text boxes, which are written behind the paragraph,
// and names what else a drawing, a picture or an embedded object is.
func (p *prose) drawing(n *node) {
	found := false
	n.find(func(part *node) {
		found = true
		switch part.name {
		case "mc:AlternateContent":
			if choice := alternative(part); choice != nil {
				p.drawing(choice)
			}
		case "w:txbxContent":
			p.r.warn("policies.docx_text_box", "")
			p.boxes = append(p.boxes, part)
		case "pic:pic", "v:imagedata":
			p.r.warn("policies.docx_pictures", "")
		case "c:chart":
			p.r.warn("policies.docx_embedded", "chart")
		case "dgm:relIds":
			p.r.warn("policies.docx_embedded", "SmartArt")
		case "v:textpath":
			p.r.warn("policies.docx_embedded", "WordArt "+part.value("string"))
		case "o:OLEObject":
			p.r.warn("policies.docx_embedded", part.value("ProgID"))
		case "w:control":
			p.r.warn("policies.docx_embedded", strings.TrimSpace("ActiveX "+part.value("name")))
		}
	}, "mc:AlternateContent", "w:txbxContent", "pic:pic", "v:imagedata", "c:chart", "dgm:relIds", "v:textpath", "o:OLEObject", "w:control")
	if !found {
		p.r.warn("policies.docx_pictures", "")
	}
}
