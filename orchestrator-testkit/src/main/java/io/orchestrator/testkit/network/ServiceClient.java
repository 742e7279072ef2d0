package io.orchestrator.testkit.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of an {@link EchoServer}, through whatever stands between. All waits end after half a minute. */
public final class ServiceClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final int MOST = 64 * 1024;

    private final Socket socket;
    private final String server;

    private ServiceClient(Socket socket, String server) {
        this.socket = socket;
        this.server = server;
    }

    /** @throws IOException also when the connection is accepted, but ends before a server said its name */
    public static ServiceClient connect(String address, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
            return new ServiceClient(socket, readLine(socket.getInputStream()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Who answers a connection made just for that. */
    public static String whoAnswers(String address, int port) throws IOException {
        try (ServiceClient client = connect(address, port)) {
            return client.server();
        }
    }

    /** Who answers a datagram from this socket. */
    public static String whoAnswers(DatagramSocket from, String address, int port) throws IOException {
        from.setSoTimeout(TIMEOUT_MILLIS);
        byte[] question = {'?'};
        from.send(new DatagramPacket(question, question.length, InetAddress.getByName(address), port));
        DatagramPacket answer = new DatagramPacket(new byte[MOST], MOST);
        from.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII);
    }

    /** The name of the server at the other end. */
    public String server() {
        return server;
    }

    /** Sends the text and returns what comes back, as many characters. */
    public String echo(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(text.length()), StandardCharsets.US_ASCII);
    }

    public InputStream in() throws IOException {
        return socket.getInputStream();
    }

    public OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /** Sends nothing more, but still listens. */
    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Whether the other side has ended the connection, properly or by a reset. Waits for that. */
    public boolean isEnded() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new IOException("the connection ended before a server said its name");
            }
            line.append((char) next);
            next = in.read();
        }
        return line.toString();
    }
}
