package report

import (
	"bufio"
	"errors"
	"io"
	"os"
)

// waiting is text that lies in a temporary file until the workbook is put together.
type waiting struct {
	*bufio.Writer
	file *os.File
}

// newWaiting makes the file in a folder. Its name begins like all that the data folder is rid of at the next start, should the program be
// killed.
func newWaiting(folder string) (*waiting, error) {
	f, err := os.CreateTemp(folder, "stage-sheet-*")
	if err != nil {
		return nil, err
	}
	return &waiting{bufio.NewWriterSize(f, 1<<16), f}, nil
}

// into writes it all, behind what goes before.
func (t *waiting) into(w io.Writer, before string) error {
	if err := t.Flush(); err != nil {
		return err
	}
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if _, err := io.WriteString(w, before); err != nil {
		return err
	}
	_, err := io.Copy(w, t.file)
	return err
}

// drop removes the file; there may be none.
func (t *waiting) drop() error {
	if t == nil {
		return nil
	}
	return errors.Join(t.file.Close(), os.Remove(t.file.Name()))
}
