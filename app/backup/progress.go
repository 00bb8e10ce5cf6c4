package backup

// Progress tells how far an import is.
type Progress struct {
	Path        string
	File, Files int   // this one, of so many; from 1
	Done, Size  int64 // of this file, in bytes
}
