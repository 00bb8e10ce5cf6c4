package backup

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"time"
)

// Key identifies an execution: the same run that arrives by mail, by log and by list has one key. The source, the format, the
// file and the start are no part of it (DESIGN.md 2).
type Key [16]byte

// KeyKind tells what a key was made of.
type KeyKind uint8

// A native id may start over on a re-installed server, so executions under it also need times less than Restart apart.
const (
	BySession KeyKind = iota + 1
	ByStart           // routine, client, level and the time as written
	ByText            // hash of the text, the file's time, and the ordinal among equal blocks
)

// Restart is how far two runs with one native id must lie apart to be two: the server was installed anew in between.
const Restart = 24 * time.Hour

// KeyKind tells which identity the execution has.
func (e Execution) KeyKind() KeyKind {
	switch {
	case e.Session != "":
		return BySession
	case e.StartText != "" || e.EndText != "" || !e.At().IsZero():
		return ByStart
	}
	return ByText
}

// KeyUnder is the execution's key when server counts its ids. For a record without id and time, seen is the file's
// modification time and ordinal counts the equal blocks before it in the file.
func (e Execution) KeyUnder(server string, seen time.Time, ordinal int) Key {
	h := sha256.New()
	part := func(s string) {
		var n [4]byte
		binary.BigEndian.PutUint32(n[:], uint32(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	kind := e.KeyKind()
	part(string(rune('0' + kind)))
	part(e.Tool)
	part(strings.ToLower(server))
	switch kind {
	case BySession:
		part(e.Session)
	case ByStart:
		part(e.Routine)
		part(strings.ToLower(e.Client))
		part(e.Level)
		part(e.Kind.String())
		part(e.written())
	case ByText:
		part(e.Text)
		part(seen.UTC().Format(time.RFC3339Nano))
		part(string(binary.BigEndian.AppendUint32(nil, uint32(ordinal))))
	}
	var k Key
	copy(k[:], h.Sum(nil))
	return k
}

// written is the time that belongs to the identity: as written, so that a corrected zone re-dates it and never re-keys it.
func (e Execution) written() string {
	switch {
	case e.StartText != "":
		return "start " + e.StartText
	case !e.Start.IsZero():
		return "start " + e.Start.UTC().Format(time.RFC3339Nano)
	case e.EndText != "":
		return "end " + e.EndText
	}
	return "end " + e.End.UTC().Format(time.RFC3339Nano)
}

// SameRun tells whether two executions under one native id are one run: their times are not Restart apart. A side without
// any time is no reason to tell them apart.
func SameRun(a, b Execution) bool {
	at, bt := a.At(), b.At()
	return at.IsZero() || bt.IsZero() || at.Sub(bt).Abs() <= Restart
}
