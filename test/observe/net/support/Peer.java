import java.io.*; import java.net.*; import java.security.*; import javax.net.ssl.*;
public class Peer {
  public static void main(String[] args) throws Exception {
    for (String limit : new String[] { "jdk.tls.disabledAlgorithms", "jdk.tls.legacyAlgorithms", "jdk.certpath.disabledAlgorithms" })
      Security.setProperty(limit, "");
    char[] secret = "changeit".toCharArray();
    KeyStore all = KeyStore.getInstance("PKCS12");
    all.load(null, secret);
    for (String file : args) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(new FileInputStream(file), secret);
      String alias = store.aliases().nextElement();
      all.setKeyEntry(file, store.getKey(alias, secret), secret, store.getCertificateChain(alias));
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(all, secret);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    server.setEnabledProtocols(new String[] { "SSLv3", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3" });
    server.setEnabledCipherSuites(server.getSupportedCipherSuites());
    System.out.println("PORT " + server.getLocalPort());
    while (true) {
      SSLSocket socket = (SSLSocket) server.accept();
      new Thread(() -> { try (socket) { socket.startHandshake(); } catch (IOException gone) { } }).start();
    }
  }
}
