package io.headcount.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client on a plain socket: sends what it is told, byte for byte. */
final class Peer implements AutoCloseable {
    private static final int GIVE_UP_MS = 30_000;
    private static final Pattern LENGTH = Pattern.compile("\r\nContent-Length: (\\d+)\r\n");

    private final Socket socket;
    private final InputStream in;

    Peer(InetSocketAddress gateway) throws IOException {
        this(gateway, 64 * 1024);
    }

    Peer(InetSocketAddress gateway, int receiveBuffer) throws IOException {
        this(connected(gateway, receiveBuffer));
    }

    /** On a socket that is connected already. */
    Peer(Socket connected) throws IOException {
        socket = connected;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A socket that gives up rather than let a test hang. */
    static Socket connected(InetSocketAddress gateway, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(GIVE_UP_MS);
        socket.connect(gateway, GIVE_UP_MS);
        return socket;
    }

    Peer send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    Peer drip(String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            send(text.substring(i, i + 1));
        }
        return this;
    }

    /** FIN: nothing more will be sent. */
    Peer endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** RST: the connection is torn down. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** The next answer, whole; "" when the gateway has ended the connection. */
    String answer() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return head.toString();
            }
            head.append((char) b);
        }
        Matcher length = LENGTH.matcher(head);
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return head + new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    /** The status of the next answer; 0 when the gateway has ended the connection. */
    int status() throws IOException {
        String answer = answer();
        return answer.isEmpty() ? 0 : Integer.parseInt(answer.substring(9, 12));
    }

    /** Closes the connection in good order. */
    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
