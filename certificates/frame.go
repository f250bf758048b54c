package certificates

import (
	"github.com/go-pdf/fpdf"

	"anwen/internal/typeset"
)

// frame draws what is the same on every certificate: a double border whose inner
// line steps back at the corners, and the rules between the parts.
func frame(pdf *fpdf.Fpdf) {
	pdf.SetDrawColor(typeset.Accent.R, typeset.Accent.G, typeset.Accent.B)
	pdf.SetLineWidth(1.6)
	pdf.Rect(26, 26, pageWidth-52, pageHeight-52, "D")

	const inset, step = 33.5, 15.0
	x0, y0, x1, y1 := inset, inset, pageWidth-inset, pageHeight-inset
	const k = step * 0.5523 // a quarter of a circle as a Bézier curve
	pdf.SetLineWidth(0.5)
	pdf.MoveTo(x0+step, y0)
	pdf.LineTo(x1-step, y0)
	pdf.CurveBezierCubicTo(x1-step, y0+k, x1-k, y0+step, x1, y0+step)
	pdf.LineTo(x1, y1-step)
	pdf.CurveBezierCubicTo(x1-k, y1-step, x1-step, y1-k, x1-step, y1)
	pdf.LineTo(x0+step, y1)
	pdf.CurveBezierCubicTo(x0+step, y1-k, x0+k, y1-step, x0, y1-step)
	pdf.LineTo(x0, y0+step)
	pdf.CurveBezierCubicTo(x0+k, y0+step, x0+step, y0+k, x0+step, y0)
	pdf.ClosePath()
	pdf.DrawPath("D")

	pdf.SetFillColor(typeset.Accent.R, typeset.Accent.G, typeset.Accent.B)
	for _, corner := range [][2]float64{{x0 + 2, y0 + 2}, {x1 - 2, y0 + 2}, {x1 - 2, y1 - 2}, {x0 + 2, y1 - 2}} {
		diamond(pdf, corner[0], corner[1], 2.6)
	}

	pdf.SetDrawColor(typeset.Pale.R, typeset.Pale.G, typeset.Pale.B)
	pdf.SetLineWidth(0.6)
	pdf.Line(middle-96, 191, middle-9, 191)
	pdf.Line(middle+9, 191, middle+96, 191)
	diamond(pdf, middle, 191, 3)
	pdf.Line(edge, ruleAt, pageWidth-edge-qrSide-28, ruleAt)
}

// diamond fills a square that stands on its corner.
func diamond(pdf *fpdf.Fpdf, x, y, r float64) {
	pdf.Polygon([]fpdf.PointType{{X: x, Y: y - r}, {X: x + r, Y: y}, {X: x, Y: y + r}, {X: x - r, Y: y}}, "F")
}
