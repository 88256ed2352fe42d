package io.headcount.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets never leave memory: a canary in every place where a camera or an attacker may put a secret, then a search of everything
 * that the gateway has written, printed and answered.
 */
class CanaryIT {
    private static final int TIMEOUT_MS = 30_000;

    private static final Path LOGBACK = Path.of("../config/logback.xml");

    /** Where a camera may write it; # is the secret. */
    private static final List<String> FORMS = List.of(
            "<WifiPassword>#</WifiPassword>",
            "<wifipassword>#</wifipassword>",
            "<WIFIPASSWORD>\r\n#\r\n</WIFIPASSWORD>",
            "<p:WiFiPassword xmlns:p='u'>#</p:WiFiPassword>",
            "<WifiPassword><![CDATA[#]]></WifiPassword>",
            "<WifiPassword>a&amp;#&lt;</WifiPassword>",
            "<WifiPassword value=\"#\"/>",
            "<WifiPassword><Value>#</Value></WifiPassword>",
            "<WifiSSID WifiPassword=\"#\">net</WifiSSID>",
            "<WifiSSID a='b' wifipassword = '#'/>",
            "<Passphrase>#</Passphrase>",
            "<Property Name=\"WifiPassword\" Value=\"#\"/>",
            "<Property Value=\"#\" Name=\"WifiPassword\"/>",
            "<!-- <WifiPassword>#</WifiPassword> -->",
            // broken
            "<WifiPassword>a&#</WifiPassword>",
            "<WifiPassword>a<#</WifiPassword>",
            "<WifiPassword>#]]>#</WifiPassword>",
            "<WifiPassword>#</wifipassword>",
            "<WifiPassword>#&#0;</WifiPassword>",
            "<WifiPassword>#",
            "<WifiPassword=\"#\"/>",
            "<WifiSSID WifiPassword=\"#/>",
            "<WifiSSID WifiPassword=\"a\"#\"/>",
            "<WifiSSID WifiPassword=#/>",
            "<WifiPasword>#</WifiPassword>");

    /** Documents that are refused for something else, each with a place for the secret. */
    private static final List<String> REFUSED = List.of(
            "<Unknown>@</Unknown>",
            "<Diags>@</Diags>",
            "<Diags DeviceId=\"1\"><Properties/><Properties>@</Properties></Diags>",
            "<Metrics DeviceId=\"1\"><Properties>@</Properties><ReportData Interval=\"x\"/></Metrics>",
            "<Metrics DeviceId=\"1\"><Properties>@</Properties><ReportData><Report Date=\"2022-13-07\"/></ReportData></Metrics>",
            "<Metrics DeviceId=\"1\"><Properties>@</Properties><ReportData Interval=\"99999\"/></Metrics>",
            "<Metrics DeviceId=\"1\"><Properties>@<MacAddress>1</MacAddress><MacAddress>2</MacAddress></Properties></Metrics>",
            "<Metrics DeviceId=\"" + "1".repeat(200) + "\"><Properties>@</Properties></Metrics>",
            "<Diags DeviceId=\"1\"><Properties>@</Properties></Other>",
            "<Diags DeviceId=\"1\"><Properties>@</Properties>",
            "<Diags DeviceId=\"1\"><Properties>@&x;</Properties></Diags>",
            "<Diags DeviceId=\"1\"><Properties>@</Properties><?pi?></Diags>",
            "<Diags DeviceId=\"1\"><Properties>@</Properties><!DOCTYPE a></Diags>",
            "<Diags DeviceId=\"1\"><Properties>@</Properties>" + "<a>".repeat(20) + "</Diags>",
            "<!DOCTYPE Diags [<!ENTITY pw \"#\">]><Diags><WifiPassword>&pw;</WifiPassword></Diags>",
            "<?xml version=\"1.0\" encoding=\"utf-7\"?><Diags DeviceId=\"1\"><Properties>@</Properties></Diags>",
            "@",
            "{\"DeviceId\":\"1\",\"WifiPassword\":\"#\"}",
            "xml=%3CWifiPassword%3E#%3C%2FWifiPassword%3E",
            "DeviceId=1&WifiPassword=#");

    @TempDir
    private Path dir;

    private final Map<String, byte[]> written = new TreeMap<>();
    private int canaries;
    private int port;

    private String withSecret(String text) {
        return text.replace("#", Canary.of(++canaries));
    }

    @Test
    void shouldLeaveNoSecretAnywhere() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.startLogging(
                loggingAll(), dir, "log.max-lines-per-second=100000", "journal.quarantine.max-per-second=100000")) {
            CompletableFuture<String> stdout = gateway.restOfOutput();
            port = gateway.httpPort();
            postDocuments();
            postEncodings();
            sendRequests();
            askAdmin(gateway.adminPort());
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
            written.put("stdout", stdout.get(TIMEOUT_MS, TimeUnit.MILLISECONDS).getBytes(UTF_8));
        }
        runCommands();
        readFiles();

        assertThat(found()).isEmpty();
        assertThatItWasThere();
    }

    /** The built-in logging as an operator makes it tell more. */
    private Path loggingAll() throws IOException {
        String all = Files.readString(LOGBACK)
                .replace("<root level=\"INFO\">", "<root level=\"DEBUG\">")
                .replace("level=\"WARN\"", "level=\"DEBUG\"")
                .replace("<neverBlock>true", "<neverBlock>false"); // no line may be left out here
        return Files.writeString(dir.resolve("logback.xml"), all);
    }

    private List<String> found() {
        List<String> found = new ArrayList<>();
        written.forEach((where, bytes) -> Canary.find(bytes).forEach(what -> found.add(where + ": " + what)));
        return found;
    }

    /** That the search could have found something. */
    private void assertThatItWasThere() {
        assertThat(canaries).isGreaterThan(600);
        assertThat(text("gateway.log")).contains("DEBUG").contains("refused reason=not-well-formed");
        assertThat(text("tail json")).contains("cam-7");
        assertThat(text("tail csv")).contains("cam-7");
        assertThat(written.keySet().stream().filter(name -> name.endsWith(".body")))
                .hasSizeGreaterThan(400);
        assertThat(text("quarantine list")).contains("not-well-formed").contains("unknown-root");
        assertThat(text("/metrics")).contains("headcount_quarantine_kept_total");
        assertThat(text("answers"))
                .contains(" 200 ")
                .contains(" 400 ")
                .contains(" 422 ")
                .contains(" 431 ");
    }

    private String text(String name) {
        return new String(written.get(name), UTF_8);
    }

    @Test
    void shouldFindASecretInEveryForm() {
        for (byte[] form : Canary.forms()) {
            assertThat(Canary.find(form)).isNotEmpty();
        }
        byte[] inTheMiddle = ("Authorization: Basic "
                        + java.util.Base64.getEncoder().encodeToString(("x:" + Canary.of(1)).getBytes(UTF_8)))
                .getBytes(UTF_8);
        assertThat(Canary.find(inTheMiddle)).isNotEmpty();
        assertThat(Canary.find(Canary.of(1).substring(0, 7).getBytes(UTF_16LE))).isNotEmpty();
    }

    // where secrets are put

    private void postDocuments() throws IOException {
        long now = Instant.now().getEpochSecond();
        String post = new String(new CameraPost(7, now / 60 * 60 - 60, now, 3, 1).document(), UTF_8);
        for (String form : FORMS) {
            for (String root : List.of("RTMetrics", "Metrics", "Diags")) {
                String document = post.replace("RTMetrics", root);
                post(document.replace("</Properties>", form + "</Properties>"));
                post(document.replace("<ReportData", form + "<ReportData"));
                post(document.replace("</Object>", form + "</Object>"));
            }
            for (String refused : REFUSED) {
                post(refused.replace("@", form));
            }
        }
        for (String element : List.of("<RTMetrics ", "<ReportData ", "<Object ", "<Count ")) {
            post(post.replace(element, element + "WifiPassword=\"#\" "));
            post(post.replace(element, element + "WifiPassword=\"#\" passwd=x "));
        }
    }

    private void postEncodings() throws IOException {
        String document = "<Unknown><WifiPassword>#</WifiPassword><a WifiPassword=\"#\" b='c'/></Unknown>";
        for (String encoding :
                List.of("GBK", "GB18030", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "UTF-32LE", "IBM037", "Big5")) {
            for (String declared : List.of(encoding, "UTF-8", "UTF-16", "nonsense")) {
                String whole = "<?xml version=\"1.0\" encoding=\"" + declared + "\"?>" + document;
                post(withSecret(whole).getBytes(Charset.forName(encoding)));
                post(withSecret("\ufeff" + whole).getBytes(UTF_16LE));
                post(withSecret("\ufeff" + whole + "</b>").getBytes(UTF_16BE));
            }
            post(withSecret(document).getBytes(Charset.forName(encoding)));
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(withSecret(document).getBytes(UTF_8));
        }
        post(packed.toByteArray());
        byte[] mixed = withSecret("<?xml version=\"1.0\"?>" + document).getBytes(UTF_8);
        mixed[30] = (byte) 0xFF;
        post(mixed);
        post(Arrays.copyOf(mixed, mixed.length / 2));
    }

    private void sendRequests() throws IOException {
        String body = "<Unknown/>";
        String length = "Content-Length: " + body.length() + "\r\n";
        List<String> requests = List.of(
                "POST /t/# HTTP/1.1\r\nHost: g\r\n" + length + "\r\n" + body,
                "POST /t/#/../x HTTP/1.1\r\nHost: g\r\n" + length + "\r\n" + body,
                "POST /upload?token=# HTTP/1.1\r\nHost: g\r\n" + length + "\r\n" + body,
                "POST http://user:#@g/t/# HTTP/1.1\r\nHost: g\r\n" + length + "\r\n" + body,
                "POST /%00# HTTP/1.1\r\nHost: g\r\n" + length + "\r\n" + body,
                "POST /" + "#".repeat(300) + " HTTP/1.1\r\nHost: g\r\n" + length + "\r\n" + body,
                "GET /t/# HTTP/1.1\r\nHost: g\r\n\r\n",
                "# /x HTTP/1.1\r\nHost: g\r\n\r\n",
                "POST /x #\r\nHost: g\r\n\r\n",
                "POST /x HTTP/#\r\nHost: g\r\n\r\n",
                "#\r\n\r\n",
                "#",
                "PROXY TCP4 # 10.0.0.2 1 2\r\n",
                request("Host: #\r\n" + length, body),
                request("Host: g\r\nHost: #\r\n" + length, body),
                request("Host: a/#\r\n" + length, body),
                request("Host: g\r\nAuthorization: Basic #\r\n" + length, body),
                request("Host: g\r\nAuthorization: Bearer #\r\nCookie: session=#\r\nX-Api-Key: #\r\n" + length, body),
                request("Host: g\r\nX-#: 1\r\n" + length, body),
                request("Host: g\r\nX-#\r\n" + length, body),
                request("Host: g\r\nX(#: 1\r\n" + length, body),
                request("Host: g\r\nX: a\u0000#\r\n" + length, body),
                request("Host: g\r\nX: a\n #\r\n" + length, body),
                request("Host: g\r\nCookie: " + "#".repeat(800) + "\r\n" + length, body),
                request("Host: g\r\nContent-Length: #\r\n", body),
                request("Host: g\r\nTransfer-Encoding: #\r\n", body),
                request("Host: g\r\nContent-Encoding: #\r\n" + length, body),
                request("Host: g\r\nExpect: #\r\n" + length, body),
                request("Host: g\r\nTransfer-Encoding: chunked\r\n", "#\r\n"),
                request("Host: g\r\nTransfer-Encoding: chunked\r\n", "a;x=#\r\n<Unknown/>\r\n0\r\n\r\n"),
                request("Host: g\r\nTransfer-Encoding: chunked\r\n", "a\r\n<Unknown/>#\r\n0\r\n\r\n"),
                request("Host: g\r\nTransfer-Encoding: chunked\r\n", "a\r\n<Unknown/>\r\n0\r\nX-Trailer: #\r\n\r\n"),
                request("Host: g\r\nTransfer-Encoding: chunked\r\n", "a\r\n<Unknown/>\r\n0\r\n#\r\n\r\n"),
                request("Host: g\r\nContent-Length: 9999999\r\n", "<WifiPassword>#</WifiPassword>"),
                request("Host: g\r\nContent-Length: 1000\r\n", "<Diags><WifiPassword>#</WifiPassword>"),
                request("Host: g\r\n" + length, body + "#"));
        for (String request : requests) {
            send(withSecret(request).getBytes(ISO_8859_1));
        }
    }

    private static String request(String headers, String body) {
        return "POST /x HTTP/1.1\r\n" + headers + "\r\n" + body;
    }

    private void post(String document) throws IOException {
        post(withSecret(document).getBytes(UTF_8));
    }

    private void post(byte[] document) throws IOException {
        send(PostClient.request(document));
    }

    /** Sends it over a connection of its own and keeps what is answered. */
    private void send(byte[] request) throws IOException {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MS);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            InputStream in = socket.getInputStream();
            in.transferTo(answers);
        } catch (SocketException reset) {
            // what has been answered before counts
        }
        byte[] before = written.getOrDefault("answers", new byte[0]);
        byte[] all = Arrays.copyOf(before, before.length + answers.size());
        System.arraycopy(answers.toByteArray(), 0, all, before.length, answers.size());
        written.put("answers", all);
    }

    private void askAdmin(int adminPort) throws IOException {
        port = adminPort;
        for (String path : List.of("/metrics", "/health/live", "/health/ready", "/#", "/metrics?#", "/health/%ff#")) {
            byte[] before = written.remove("answers");
            send(withSecret("GET " + path + " HTTP/1.1\r\nHost: #\r\nAuthorization: #\r\nConnection: close\r\n\r\n")
                    .getBytes(ISO_8859_1));
            written.put(path, written.put("answers", before));
        }
    }

    // where they are looked for

    private void runCommands() throws Exception {
        String journal = dir.resolve("journal").toString();
        String quarantine = dir.resolve("quarantine").toString();
        run("tail json", "tail", "--journal", journal);
        run("tail csv", "tail", "--journal", journal, "--format", "csv");
        run("verify", "verify", "--journal", journal);
        run("check", "check");
        run("quarantine list", "quarantine", "list", "--dir", quarantine);
        run("quarantine replay", "quarantine", "replay", "--all", "--dry-run", "--dir", quarantine);
    }

    private void run(String name, String... arguments) throws Exception {
        GatewayProcess.Output output = GatewayProcess.run(arguments);
        written.put(name, (String.join("\n", output.lines()) + output.errors()).getBytes(UTF_8));
    }

    private void readFiles() throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.put(dir.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }
}
