package io.orchestrator.core.agent;

import io.orchestrator.api.model.core.HTTPGetAction;
import io.orchestrator.api.model.core.HTTPHeader;
import io.orchestrator.core.agent.Prober.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * One GET of which only the status line is read, on a connection of its own: nothing is pooled, so nothing is left behind.
 * Redirects count as answers, and certificates are not looked at. Blocks.
 */
final class HttpCheck {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3}).*");
    private static final int LINE_LIMIT = 1024;

    private HttpCheck() {}

    static Result get(HTTPGetAction action, String address, int port, Duration timeout) {
        boolean secure = action.scheme().equals("HTTPS");
        String path = action.path().startsWith("/") ? action.path() : "/" + action.path();
        String url = (secure ? "https" : "http") + "://" + address + ":" + port + path;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
            plain.setSoTimeout((int) timeout.toMillis());
            try (Socket socket = secure ? secured(plain, address, port) : plain) {
                socket.getOutputStream().write(request(action, path, address + ":" + port));
                socket.getOutputStream().flush();
                return judge(line(socket.getInputStream()), url);
            }
        } catch (IOException e) {
            return Result.failed("Get \"" + url + "\": " + e.getMessage());
        }
    }

    private static byte[] request(HTTPGetAction action, String path, String authority) {
        String host = authority;
        StringBuilder headers = new StringBuilder();
        boolean accepts = false;
        for (HTTPHeader header : action.httpHeaders()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.equals("host")) {
                host = header.value();
            } else {
                accepts |= name.equals("accept");
                headers.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append("\r\n");
            }
        }
        String text = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: kube-probe/1.32\r\n"
                + (accepts ? "" : "Accept: */*\r\n") + headers + "Connection: close\r\n\r\n";
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Result judge(String statusLine, String url) {
        Matcher matcher = STATUS_LINE.matcher(statusLine);
        if (!matcher.matches()) {
            return Result.failed("Get \"" + url + "\": malformed HTTP response");
        }
        int code = Integer.parseInt(matcher.group(1));
        return code >= 200 && code < 400 ? Result.ok() : Result.refused("HTTP probe failed with statuscode: " + code);
    }

    private static String line(InputStream input) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = input.read(); b >= 0 && b != '\n' && line.size() < LINE_LIMIT; b = input.read()) {
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    private static Socket secured(Socket plain, String address, int port) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // Without randomness of its own: the platform's.
            context.init(null, new TrustManager[] {new TrustAll()}, null);
            return context.getSocketFactory().createSocket(plain, address, port, true);
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
    }

    /** A probe asks whether somebody answers, not who. */
    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
