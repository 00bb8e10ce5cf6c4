package people

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"backstop/app/say"
)

// Cost is how much work one guess of a password takes.
type Cost struct {
	Passes  uint32
	Memory  uint32 // KiB
	Threads uint8
}

// Usual is what RFC 9106 advises where memory is not plenty: 64 MiB.
var Usual = Cost{Passes: 3, Memory: 64 << 10, Threads: 4}

// ShortestPassword is in characters.
const ShortestPassword = 10

// CheckPassword tells what is wrong with a password that somebody chose.
func CheckPassword(password, name string) error {
	switch {
	case utf8.RuneCountInString(password) < ShortestPassword:
		return say.Error("a password has at least %d characters; a few words that nobody would guess are best", ShortestPassword)
	case name != "" && strings.Contains(strings.ToLower(password), strings.ToLower(name)):
		return say.Error("the password holds the name: choose another")
	case strings.Count(password, password[:1]) == len(password):
		return say.Error("the password is one character again and again: choose another")
	}
	return nil
}

// Hash turns a password into what is kept of it: argon2id with a salt of its own, as one line that tells its cost.
func (c Cost) Hash(password string) string {
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // it never fails: crypto/rand ends the program rather
	return c.line(salt, argon2.IDKey([]byte(password), salt, c.Passes, c.Memory, c.Threads, 32))
}

const lineForm = "$argon2id$v=%d$m=%d,t=%d,p=%d$"

func (c Cost) line(salt, key []byte) string {
	in := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf(lineForm+"%s$%s", argon2.Version, c.Memory, c.Passes, c.Threads, in(salt), in(key))
}

// Matches tells whether a password is the one that was hashed, at whatever cost that was.
func Matches(password, hashed string) bool {
	var c Cost
	var version int
	if _, err := fmt.Sscanf(hashed, lineForm, &version, &c.Memory, &c.Passes, &c.Threads); err != nil || version != argon2.Version || c.Passes == 0 || c.Threads == 0 {
		return false
	}
	parts := strings.Split(hashed, "$")
	if len(parts) != 6 {
		return false
	}
	salt, err1 := base64.RawStdEncoding.DecodeString(parts[4])
	key, err2 := base64.RawStdEncoding.DecodeString(parts[5])
	if err := errors.Join(err1, err2); err != nil || len(key) == 0 {
		return false
	}
	got := argon2.IDKey([]byte(password), salt, c.Passes, c.Memory, c.Threads, uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1
}

// OneTime makes a first password: five short words that can be read out on the telephone, 63 bits.
func OneTime() string {
	const consonants, vowels = "bdfghjklmnprstvz", "aeiou"
	pick := func(from string) byte {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(from))))
		if err != nil {
			panic(err) // crypto/rand ends the program rather than fail
		}
		return from[n.Int64()]
	}
	words := make([]string, 5)
	for i := range words {
		words[i] = string([]byte{pick(consonants), pick(vowels), pick(consonants), pick(vowels)})
	}
	return strings.Join(words, "-")
}
