package backup

import "time"

// Origin is one import of a content, as it is noted beside the kept copy: enough to bring the file in once more where the ledger does
// not know of it.
type Origin struct {
	SHA256   [32]byte  `json:"-"`
	Source   string    `json:"source"` // its name; "" where nobody knows any more
	Folder   string    `json:"folder,omitempty"`
	Path     string    `json:"path"` // as in File
	Modified time.Time `json:"modified"`
	Imported time.Time `json:"imported"`
	Zone     string    `json:"zone,omitempty"`    // given for this import alone; "" is the source's
	Mapping  string    `json:"mapping,omitempty"` // likewise: the name of the one to read by
	Unknown  bool      `json:"-"`                 // nothing is on record: path and times are those of the kept copy
}

// Same tells whether both are the same file, whenever it was imported.
func (o Origin) Same(p Origin) bool {
	return o.Source == p.Source && o.Path == p.Path && o.Modified.UnixMilli() == p.Modified.UnixMilli()
}

// KeptCopy is the kept copy of a content.
type KeptCopy struct {
	SHA256  [32]byte
	Within  [32]byte  // the longer content that begins with it and holds it; zero for none
	At      time.Time // since when it lies there
	Origins []Origin  // nothing for one that was kept before origins were noted
}

// Told is what an import was told that its source is not.
type Told struct {
	Zone    string
	Mapping string
}
