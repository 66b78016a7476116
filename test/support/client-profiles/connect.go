// As connect.mjs.
package main

import (
	"crypto/tls"
	"os"
)

func main() {
	_, err := tls.Dial("tcp", "127.0.0.1:"+os.Args[1], &tls.Config{ServerName: "localhost", InsecureSkipVerify: true})
	if err != nil {
		os.Exit(1)
	}
}
