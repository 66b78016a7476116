import java.net.Socket;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.SSLEngine;

/** As connect.mjs. */
public class Connect {
  public static void main(String[] args) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new Anyone()}, null);
    Socket plain = new Socket("127.0.0.1", Integer.parseInt(args[0]));
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", Integer.parseInt(args[0]), true);
    socket.setSoTimeout(10_000);
    try {
      socket.startHandshake();
    } catch (java.io.IOException refused) {
      System.exit(1);
    }
    System.exit(0);
  }

  /** Extended: JSSE checks nothing behind its back. */
  private static class Anyone extends X509ExtendedTrustManager {
    public void checkClientTrusted(X509Certificate[] chain, String type) {}
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
    public void checkServerTrusted(X509Certificate[] chain, String type) {}
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}
    public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }
  }
}
