package format

import (
	"bytes"
	"encoding/json"
	"io"
)

// jsonClosed closes a JSON text that breaks off, behind its last whole value. depth is how many brackets were open there.
func jsonClosed(text []byte) (closed []byte, depth int) {
	dec := json.NewDecoder(bytes.NewReader(text))
	var open []byte  // the brackets that close what is open, the innermost last
	var named []bool // of each: it is an object, and its next value's key has been read
	end, shut := int64(0), ""
	for {
		token, err := dec.Token()
		if err != nil {
			break
		}
		bracket, isBracket := token.(json.Delim)
		switch bracket {
		case '{', '[':
			open, named = append(open, byte(bracket)+2), append(named, false) // in ASCII they stand two apart
			continue
		case '}', ']':
			open, named = open[:len(open)-1], named[:len(named)-1]
		}
		if top := len(open) - 1; top >= 0 && open[top] == '}' {
			if named[top] = !isBracket && !named[top]; named[top] {
				continue // a key
			}
		}
		end, shut = dec.InputOffset(), string(open)
	}
	closed = bytes.Clone(text[:end])
	for i := len(shut) - 1; i >= 0; i-- {
		closed = append(closed, shut[i])
	}
	return closed, len(shut)
}

// record reads the text as far as one record may reach.
func (in *Input) record() ([]byte, error) {
	r, err := in.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, maxJSON))
}
