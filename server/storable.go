package server

import (
	"bytes"
	"math"
	"mime/multipart"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"anwen/internal/errs"
)

// checkStorable refuses what no column takes, whatever the route: text with a NUL
// character or bytes that are not UTF-8, whole numbers beyond an integer column (ids
// are int64 and pass), and instants outside the years 1 to 9999. in points to the
// input of a handler. Invalid with a fault per place.
func checkStorable(in any) error {
	var faults errs.Faults
	check := storable{&faults}
	check.value(reflect.ValueOf(in).Elem(), "")
	return faults.Err("api.invalid_request")
}

type storable struct{ faults *errs.Faults }

func (s storable) value(v reflect.Value, path string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			s.value(v.Elem(), path)
		}
	case reflect.Struct:
		if at, ok := v.Interface().(time.Time); ok {
			s.instant(at, path)
			return
		}
		if form, ok := v.Interface().(multipart.Form); ok {
			s.form(form)
			return
		}
		s.fields(v, path)
	case reflect.Slice, reflect.Array:
		s.list(v, path)
	case reflect.Map:
		for key, each := range v.Seq2() {
			s.value(key, path)
			s.value(each, path+"."+key.String())
		}
	case reflect.String:
		s.text(v.String(), path)
	case reflect.Int:
		if n := v.Int(); n > math.MaxInt32 {
			s.add(path, "api.expected_at_most", errs.Args{"value": math.MaxInt32})
		} else if n < math.MinInt32 {
			s.add(path, "api.expected_at_least", errs.Args{"value": math.MinInt32})
		}
	}
}

// form looks into the parts of an upload, whatever they are called, and not into files.
func (s storable) form(form multipart.Form) {
	for name, values := range form.Value {
		s.text(name, "body")
		for _, each := range values {
			s.text(each, "body."+name)
		}
	}
	for name, files := range form.File {
		s.text(name, "body")
		for _, file := range files {
			s.text(file.Filename, "body."+name)
		}
	}
}

func (s storable) fields(v reflect.Value, path string) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if !f.IsExported() {
			continue
		}
		below := path
		if !f.Anonymous {
			below = strings.TrimPrefix(path+"."+nameInRequest(f), ".")
		}
		s.value(v.Field(i), below)
	}
}

// nameInRequest is where the client wrote the field, as huma calls it in its faults.
func nameInRequest(f reflect.StructField) string {
	for _, where := range []string{"path", "query", "header", "cookie"} {
		if name, ok := f.Tag.Lookup(where); ok {
			return where + "." + name
		}
	}
	if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "" {
		return name
	}
	return strings.ToLower(f.Name)
}

func (s storable) list(v reflect.Value, path string) {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		if raw, ok := v.Interface().(interface{ MarshalJSON() ([]byte, error) }); ok {
			s.json(raw, path)
		}
		return // bytes of a file: whoever reads it says what is wrong
	}
	for i := range v.Len() {
		s.value(v.Index(i), path)
	}
}

// json looks into JSON that the handler did not decode.
func (s storable) json(raw interface{ MarshalJSON() ([]byte, error) }, path string) {
	text, err := raw.MarshalJSON()
	if err == nil && bytes.Contains(bytes.ReplaceAll(text, []byte(`\\`), nil), []byte(`\u0000`)) {
		s.add(path, "api.unusable_text", nil)
	}
}

func (s storable) text(text, path string) {
	if strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
		s.add(path, "api.unusable_text", nil)
	}
}

func (s storable) instant(at time.Time, path string) {
	if year := at.UTC().Year(); !at.IsZero() && (year < 1 || year > 9999) {
		s.add(path, "api.expected_instant", nil)
	}
}

func (s storable) add(path, code string, args errs.Args) {
	s.faults.Add(errs.Place{Field: path}, code, args)
}
