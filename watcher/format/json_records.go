package format

import (
	"encoding/json"
	"errors"
	"io"
	"iter"
	"strings"
	"time"

	"backstop/app/say"
)

// maxJSON bounds one record, in bytes: a longer one ends the reading.
const maxJSON = 16 << 20

var errLongJSON = say.Error("a record has more than %d MiB", maxJSON>>20)

// jsonRecord is one object of a JSON text.
type jsonRecord struct {
	key    string // under which its list stands; "" at the top
	json   json.RawMessage
	line   int // where it begins
	offset int64
}

// into reads the record, and makes what does not fit a bad record.
func (r jsonRecord) into(v any) error {
	if err := json.Unmarshal(r.json, v); err != nil {
		return bad(r.line, say.Record("the record cannot be read: %v", err))
	}
	return nil
}

// jsonRecords yields the objects of a text: those that stand at the top, alone or in a list, and those in lists further down,
// which are named by their path ("data", "Entities.Sessions"; "*" is any key). An object that holds such a list is yielded
// behind it, without it. What is broken ends the reading; what was read before it stands.
func jsonRecords(in *Input, lists ...string) iter.Seq2[jsonRecord, error] {
	return func(yield func(jsonRecord, error) bool) {
		r, err := in.Open()
		if err != nil {
			yield(jsonRecord{}, err)
			return
		}
		defer r.Close()
		lines := &lineOffsets{r: r}
		w := jsonWalk{lists: lists, lines: lines, yield: yield}
		w.dec = json.NewDecoder(&jsonBound{r: lines, walk: &w})
		if err := w.top(); err != nil && !w.stopped {
			yield(jsonRecord{}, bad(lines.line(w.dec.InputOffset()), say.Record("the JSON breaks or ends here: %v", err)))
		}
	}
}

// jsonBound stops reading where one value grows beyond maxJSON.
type jsonBound struct {
	r    io.Reader
	walk *jsonWalk
	read int64
}

func (b *jsonBound) Read(p []byte) (int, error) {
	if b.read-b.walk.dec.InputOffset() > maxJSON {
		return 0, errLongJSON
	}
	n, err := b.r.Read(p)
	b.read += int64(n)
	return n, err
}

type jsonWalk struct {
	lists   []string
	dec     *json.Decoder
	lines   *lineOffsets
	yield   func(jsonRecord, error) bool
	stopped bool
}

// top reads one value after the other.
func (w *jsonWalk) top() error {
	for !w.stopped {
		first, err := w.dec.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case first == json.Delim('['):
			err = w.elements("")
		case first == json.Delim('{'):
			err = w.object("", true)
		default:
			err = say.Error("%v stands where an object should", first)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// elements reads a list whose bracket has been read.
func (w *jsonWalk) elements(key string) error {
	for !w.stopped && w.dec.More() {
		var raw json.RawMessage
		if err := w.dec.Decode(&raw); err != nil {
			return err
		}
		offset := w.dec.InputOffset() - int64(len(raw))
		w.give(jsonRecord{key, raw, w.lines.line(offset), offset})
	}
	return w.close()
}

// close reads the bracket that must stand where More has found no more.
func (w *jsonWalk) close() error {
	if w.stopped {
		return nil
	}
	_, err := w.dec.Token()
	return err
}

// object reads an object whose brace has been read. What is in none of the lists makes up the object itself.
func (w *jsonWalk) object(path string, whole bool) error {
	offset := w.dec.InputOffset() - 1
	line, size, rest := w.lines.line(offset), 0, map[string]json.RawMessage{}
	for !w.stopped && w.dec.More() {
		token, err := w.dec.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		raw, err := w.member(path, key)
		if err != nil {
			return err
		}
		if raw != nil {
			rest[key] = raw
		}
		if size += len(key) + len(raw); size > maxJSON {
			return errLongJSON
		}
	}
	if err := w.close(); err != nil || w.stopped || !whole || len(rest) == 0 {
		return err
	}
	raw, err := json.Marshal(rest)
	w.give(jsonRecord{"", raw, line, offset})
	return err
}

// member reads the value under a key, or gives out the lists in it.
func (w *jsonWalk) member(path, key string) (json.RawMessage, error) {
	path = strings.TrimPrefix(path+"."+key, ".")
	if !w.leads(path, key) {
		var raw json.RawMessage
		err := w.dec.Decode(&raw)
		return raw, err
	}
	switch first, err := w.dec.Token(); {
	case err != nil:
		return nil, err
	case first == json.Delim('['):
		return nil, w.elements(key)
	case first == json.Delim('{'):
		return nil, w.object(path, false)
	}
	return nil, nil // null stands for an empty list
}

// leads tells whether a wanted list is at this path or below it.
func (w *jsonWalk) leads(path, key string) bool {
	for _, l := range w.lists {
		if l == path || strings.HasPrefix(l, path+".") || l == "*" && path == key {
			return true
		}
	}
	return false
}

func (w *jsonWalk) give(r jsonRecord) { w.stopped = !w.yield(r, nil) }

// jsonText is a text that some versions write as a number.
type jsonText string

func (t *jsonText) UnmarshalJSON(raw []byte) error {
	var s string
	if err := json.Unmarshal(raw, &s); err == nil {
		*t = jsonText(s)
		return nil
	}
	var n json.Number
	err := json.Unmarshal(raw, &n)
	*t = jsonText(n)
	return err
}

// epoch reads a time counted in units since 1970; 0 and what lies beyond all years is none.
func epoch(n json.Number, unit time.Duration) time.Time {
	i, err := n.Int64()
	if err != nil || i <= 0 || i > int64(1<<33*time.Second/unit) {
		return time.Time{}
	}
	return time.Unix(0, 0).Add(time.Duration(i) * unit).UTC()
}
