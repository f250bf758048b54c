package server

import (
	"regexp"
	"strings"

	"github.com/danielgtaylor/huma/v2/validation"

	"anwen/internal/errs"
)

// humaFault pairs one of huma's English messages with our code; {value} in our message
// is the value in huma's.
type humaFault struct {
	pattern *regexp.Regexp
	code    string
}

var humaFaults = []humaFault{
	fault(validation.MsgUnexpectedProperty, "api.unknown_field"),
	fault(validation.MsgExpectedRequiredProperty, "api.field_missing"),
	fault("required %s parameter is missing", "api.field_missing"),
	fault("request body is required", "api.body_missing"),
	fault(validation.MsgExpectedRFC3339DateTime, "api.expected_instant"),
	fault(validation.MsgExpectedRFC3339Date, "api.expected_date"),
	fault(validation.MsgExpectedBoolean, "api.expected_boolean"),
	fault(validation.MsgExpectedNumber, "api.expected_number"),
	fault(validation.MsgExpectedInteger, "api.expected_integer"),
	fault("invalid integer", "api.expected_integer"),
	fault("invalid boolean", "api.expected_boolean"),
	fault(validation.MsgExpectedString, "api.expected_text"),
	fault(validation.MsgExpectedArray, "api.expected_list"),
	fault(validation.MsgExpectedObject, "api.expected_object"),
	fault(validation.MsgExpectedOneOf, "api.expected_one_of"),
	fault(validation.MsgExpectedMinimumNumber, "api.expected_at_least"),
	fault(validation.MsgExpectedMaximumNumber, "api.expected_at_most"),
	fault(validation.MsgExpectedMinLength, "api.expected_longer"),
	fault(validation.MsgExpectedMaxLength, "api.expected_shorter"),
	fault(validation.MsgExpectedMatchPattern, "api.expected_pattern"),
	fault(validation.MsgExpectedBePattern, "api.expected_pattern"),
	fault(validation.MsgExpectedMinItems, "api.expected_more_items"),
	fault(validation.MsgExpectedMaxItems, "api.expected_fewer_items"),
}

var verb = regexp.MustCompile(`%[vsd]`)

func fault(message, code string) humaFault {
	parts := verb.Split(message, -1)
	for i, p := range parts {
		parts[i] = regexp.QuoteMeta(p)
	}
	return humaFault{regexp.MustCompile("^" + strings.Join(parts, "(.*)") + "$"), code}
}

// faultOfHuma returns our code for one of huma's messages, api.invalid_value for an
// unknown one.
func faultOfHuma(message string) (string, errs.Args) {
	for _, f := range humaFaults {
		if m := f.pattern.FindStringSubmatch(message); m != nil {
			if len(m) == 1 {
				return f.code, nil
			}
			return f.code, errs.Args{"value": m[1]}
		}
	}
	return "api.invalid_value", nil
}
