package timeline

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"time"

	"backstop/app/say"
)

// Hash ties an entry to all before it. The zero Hash stands before the first entry.
type Hash [sha256.Size]byte

// String is the form in which reports print a head.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// ParseHash reads what String writes.
func ParseHash(s string) (Hash, error) {
	var h Hash
	raw, err := hex.DecodeString(s)
	if err != nil || len(raw) != len(h) {
		return h, say.Error("%q is no hash: it takes 64 digits of 0-9 and a-f", s)
	}
	copy(h[:], raw)
	return h, nil
}

// encoding is the version of what is hashed; it is the first byte of it, so that a later one can never be mistaken for it.
const encoding = 1

// Seal gives the hash of an entry behind one with the hash prev. Hashed is, in this order and all numbers big-endian:
//
//	the version of this encoding   1 byte
//	prev                           32 bytes
//	Seq, SubjectID, At, Judged     8 bytes each; times in milliseconds since 1970, none is the smallest number
//	Subject, Actor, Action, Text   4 bytes of length, then UTF-8
//
// Text is that of the details. Every part is fixed in size or told its length, so no two entries encode alike.
func Seal(prev Hash, e Entry) Hash {
	return sha256.Sum256(appendEntry(make([]byte, 0, 512), prev, e, Text(e.Details)))
}

func appendEntry[T string | []byte](b []byte, prev Hash, e Entry, text T) []byte {
	b = append(b, encoding)
	b = append(b, prev[:]...)
	for _, n := range [...]int64{e.Seq, e.SubjectID, millis(e.At), millis(e.Judged)} {
		b = binary.BigEndian.AppendUint64(b, uint64(n))
	}
	b = appendPart(b, string(e.Subject))
	b = appendPart(b, e.Actor)
	b = appendPart(b, e.Action)
	return appendPart(b, text)
}

func appendPart[T string | []byte](b []byte, part T) []byte {
	return append(binary.BigEndian.AppendUint32(b, uint32(len(part))), part...)
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return math.MinInt64
	}
	return t.UnixMilli()
}
