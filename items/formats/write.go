package formats

import (
	"anwen/internal/errs"
	"anwen/internal/i18n"
	"anwen/items"
)

// Write writes items in one language as a file of the format and says what its
// name ends with. What the format cannot hold is a fault, and then nothing is
// written. QTI is written as a package of version 2.1.
func Write(list []items.Item, l i18n.Locale, format Format) (file []byte, extension string, faults []errs.Fault) {
	var questions []Question
	category := ""
	for _, it := range list {
		if it.Category != category {
			category = it.Category
			questions = append(questions, Question{Kind: Category, Text: items.Text{Format: items.Plain, Source: category}})
		}
		questions = append(questions, QuestionOf(it, l))
	}
	switch format {
	case Moodle:
		return WriteMoodle(questions), ".xml", nil
	case QTI:
		return WriteQTIPackage(questions, QTI21), ".zip", nil
	case Aiken:
		file, faults = WriteAiken(questions)
		return file, ".txt", faults
	case Workbook:
		file, faults = WriteWorkbook(questions)
		return file, ".xlsx", faults
	}
	return WriteGIFT(questions), ".gift", nil
}
