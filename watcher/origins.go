package watcher

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"backstop/app/backup"
)

// A kept file says from where it is in the extra field of its gzip header, which other programs pass over: the field's two letters, its
// length, and JSON.
const (
	originLetters = "Bs"
	maxOrigins    = 60_000 // bytes; the header has room for 65,535
)

// packOrigins writes the field; of too many the newest.
func packOrigins(origins []backup.Origin) ([]byte, error) {
	for len(origins) > 0 {
		raw, err := json.Marshal(origins)
		if err != nil {
			return nil, err
		}
		if len(raw) <= maxOrigins {
			return append(binary.LittleEndian.AppendUint16([]byte(originLetters), uint16(len(raw))), raw...), nil
		}
		origins = origins[1:]
	}
	return nil, nil
}

// unpackOrigins reads it; what is no field of ours tells nothing.
func unpackOrigins(extra []byte) (origins []backup.Origin) {
	if len(extra) < 4 || string(extra[:2]) != originLetters || int(binary.LittleEndian.Uint16(extra[2:])) != len(extra)-4 {
		return nil
	}
	if json.Unmarshal(extra[4:], &origins) != nil {
		return nil
	}
	return origins
}

// origins are those of a kept file. The error is fs.ErrNotExist if it is not there.
func (k *Kept) origins(path string) ([]backup.Origin, error) {
	z, f, err := k.unpack(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return unpackOrigins(z.Extra), nil
}

// Copies hands the kept copies to use, but those of contents to be passed over, which are not opened. One that cannot be read
// is handed over with nothing but its hash and its age.
func (k *Kept) Copies(ctx context.Context, pass func(sum [32]byte) bool, use func(backup.KeptCopy) error) error {
	return k.walk(ctx, func(path, name string) error {
		c := backup.KeptCopy{SHA256: sumNamed(name)}
		if pass(c.SHA256) {
			return nil
		}
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		c.At = info.ModTime().UTC()
		if z, f, err := k.unpack(path); err == nil {
			_, c.Within, _ = beginningOf(z)
			c.Origins = unpackOrigins(z.Extra)
			f.Close()
		}
		for i := range c.Origins {
			c.Origins[i].SHA256 = c.SHA256
		}
		return use(c)
	})
}

// walk hands every kept file's path to use, and the name that Take knows it by.
func (k *Kept) walk(ctx context.Context, use func(path, name string) error) error {
	return filepath.WalkDir(k.folder, func(path string, e fs.DirEntry, err error) error {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		name, relErr := filepath.Rel(k.folder, path)
		if name = filepath.ToSlash(name); relErr != nil || !keptName(name) {
			return nil
		}
		return use(path, name)
	})
}
