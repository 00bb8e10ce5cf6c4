package backup

import (
	"encoding/json"
	"io"

	"backstop/app/say"
)

// maxMappings bounds a file of mappings, in bytes.
const maxMappings = 4 << 20

// WriteMappings writes mappings as the file that people share.
func WriteMappings(w io.Writer, mappings []Mapping) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	return enc.Encode(mappings)
}

// ReadMappings reads such a file. Each mapping is checked; one that cannot be used refuses the whole, by name.
func ReadMappings(r io.Reader) ([]Mapping, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxMappings+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > maxMappings {
		return nil, say.Error("it is too large for a file of mappings")
	}
	var mappings []Mapping
	if err := json.Unmarshal(raw, &mappings); err != nil {
		return nil, say.Error("it is no file of mappings: %w", err)
	}
	for _, m := range mappings {
		if err := m.Check(); err != nil {
			return nil, say.Error("mapping %q: %w", m.Name, err)
		}
	}
	if len(mappings) == 0 {
		return nil, say.Error("it holds no mapping")
	}
	return mappings, nil
}
