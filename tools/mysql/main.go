// A server of another make that signs people in as MySQL 8 does, by caching_sha2_password, for tests where there is no
// MySQL: MariaDB does not know that way. It says where it listens, and ends with its standard input.
//
//	mysql-login <way to sign in> <user> <password>
package main

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"os"
	"time"

	"github.com/go-mysql-org/go-mysql/mysql"
	"github.com/go-mysql-org/go-mysql/server"
)

func main() {
	way, user, password := os.Args[1], os.Args[2], os.Args[3]
	public, secured := keys()
	conf := server.NewServer("8.0.36", mysql.DEFAULT_COLLATION_ID, way, public, secured)
	people := server.NewInMemoryProvider()
	people.AddUser(user, password)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	for {
		socket, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		go serve(conf, people, socket)
	}
}

func serve(conf *server.Server, people server.CredentialProvider, socket net.Conn) {
	defer socket.Close()
	conn, err := conf.NewCustomizedConn(socket, people, server.EmptyHandler{})
	for err == nil {
		err = conn.HandleCommand()
	}
}

func keys() ([]byte, *tls.Config) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		log.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "localhost"},
		NotAfter:     time.Now().Add(48 * time.Hour),
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		log.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		log.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: public}),
		&tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{certificate}, PrivateKey: key}}}
}
