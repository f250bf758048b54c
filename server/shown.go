package server

import (
	"reflect"

	"anwen/internal/identifier"
)

// emptyWhatShowsNothing empties each text of a body of which a reader would see nothing,
// so that a name of characters without width is refused as a missing one. into points to
// what the body was decoded to.
func emptyWhatShowsNothing(into any) { emptied(reflect.ValueOf(into)) }

// emptied is the value, with what of it shows nothing emptied where it stands; a value
// that cannot be changed where it stands is returned changed.
func emptied(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			emptied(v.Elem())
		}
	case reflect.Interface:
		if v.IsNil() {
			return v
		}
		within := emptied(v.Elem())
		if v.CanSet() {
			v.Set(within)
		}
		return within
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				emptied(v.Field(i))
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v
		}
		for i := range v.Len() {
			emptied(v.Index(i))
		}
	case reflect.Map:
		for key, each := range v.Seq2() {
			v.SetMapIndex(key, emptied(each))
		}
	case reflect.String:
		if identifier.Shows(v.String()) || v.Len() == 0 {
			return v
		}
		if v.CanSet() {
			v.SetString("")
		}
		return reflect.Zero(v.Type())
	}
	return v
}
