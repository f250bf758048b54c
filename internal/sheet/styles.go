package sheet

import (
	"encoding/xml"
	"strconv"
)

// styles are the number formats of a workbook's cells, by the index that a cell has.
type styles []*numberFormat

// of is the format of a style, General for one that the workbook does not have.
func (s styles) of(style int) *numberFormat {
	if style < 0 || style >= len(s) {
		return &generalFormat
	}
	return s[style]
}

// readStyles reads what number format each style has.
func (b *book) readStyles(part string) error {
	custom, known := map[int]string{}, map[int]*numberFormat{}
	inside := false // cellXfs, the styles of cells; cellStyleXfs are named styles
	return b.each(part, func(d *xml.Decoder, e xml.StartElement) error {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil && !inside {
				custom[id] = attr(e, "formatCode")
			}
		case "cellXfs":
			inside = true
		case "cellStyles", "dxfs", "cellStyleXfs":
			inside = false
		case "xf":
			if !inside {
				return nil
			}
			id, _ := strconv.Atoi(attr(e, "numFmtId")) // 0, General, when there is none
			if known[id] == nil {
				code, is := custom[id]
				if !is {
					code = builtIn[id]
				}
				known[id] = parseFormat(code)
			}
			b.styles = append(b.styles, known[id])
		}
		return nil
	})
}

// builtIn are the formats that files name by number only (ECMA-376 part 1, 18.8.30),
// those of East Asian dates as Chinese Excel has them. Currencies depend on the
// computer, so that they are left out.
var builtIn = map[int]string{
	1: `0`, 2: `0.00`, 3: `#,##0`, 4: `#,##0.00`, 5: `#,##0`, 6: `#,##0`, 7: `#,##0.00`, 8: `#,##0.00`, 9: `0%`, 10: `0.00%`, 11: `0.00E+00`,
	12: `# ?/?`, 13: `# ??/??`, 14: `yyyy/m/d`, 15: `d-mmm-yy`, 16: `d-mmm`, 17: `mmm-yy`, 18: `h:mm AM/PM`, 19: `h:mm:ss AM/PM`, 20: `h:mm`,
	21: `h:mm:ss`, 22: `yyyy/m/d h:mm`, 27: `yyyy"年"m"月"`, 28: `m"月"d"日"`, 29: `m"月"d"日"`, 30: `m/d/yy`, 31: `yyyy"年"m"月"d"日"`,
	32: `h"时"mm"分"`, 33: `h"时"mm"分"ss"秒"`, 34: `上午/下午h"时"mm"分"`, 35: `上午/下午h"时"mm"分"ss"秒"`, 36: `yyyy"年"m"月"`,
	37: `#,##0`, 38: `#,##0`, 39: `#,##0.00`, 40: `#,##0.00`, 41: `#,##0`, 42: `#,##0`, 43: `#,##0.00`, 44: `#,##0.00`, 45: `mm:ss`,
	46: `[h]:mm:ss`, 47: `mm:ss.0`, 48: `##0.0E+0`, 49: `@`, 50: `yyyy"年"m"月"`, 51: `m"月"d"日"`, 52: `yyyy"年"m"月"`, 53: `m"月"d"日"`,
	54: `m"月"d"日"`, 55: `上午/下午h"时"mm"分"`, 56: `上午/下午h"时"mm"分"ss"秒"`, 57: `yyyy"年"m"月"`, 58: `m"月"d"日"`,
}
