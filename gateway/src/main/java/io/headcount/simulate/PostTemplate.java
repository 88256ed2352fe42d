package io.headcount.simulate;

import io.headcount.simulate.WindowTexts.WindowText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes documents as the vendor's camera does: its own samples, cut at what changes. One event loop. FleetPost -> bytes.
 */
final class PostTemplate {
    /** A document of 62 windows takes 30 KiB. */
    static final int MOST_BYTES = 48 * 1024;

    private static final Pattern SLOT = Pattern.compile("\\{(\\w+)}");
    private static final int EPOCH_DIGITS = 10;

    private static final String PROPERTIES = """
            <?xml version="1.0" encoding="utf-8"?>
            <{root} SiteId="simulated" SiteName="simulated" DeviceId="{device}"
            DeviceName="Cam-{number}">
            <Properties>
            <Version>1</Version>
            <TransmitTime>{transmit}</TransmitTime>
            <MacAddress>{mac}</MacAddress>
            <IpAddress>{address}</IpAddress>
            <ConnectionType>Wired</ConnectionType>
            <IpAddressMethod>DHCP</IpAddressMethod>
            <HostName>Cam-{number}</HostName>
            <Timezone>8</Timezone>
            <DST>0</DST>
            <HwPlatform></HwPlatform>
            <SerialNumber>{serial}</SerialNumber>
            <DeviceType>0</DeviceType>
            <SwRelease></SwRelease>
            </Properties>
            """;
    private static final String DATA = "<ReportData Interval=\"{interval}\">\n";
    private static final String DAY = "<Report Date=\"{date}\">\n";
    private static final String OBJECT = """
            <Object Id="0" DeviceId="{device}" DeviceName="Cam-{number}"
            ObjectType="{type}" Name="count">
            """;
    private static final String COUNT = """
            <Count StartTime="{start}" EndTime="{end}"
            UnixStartTime="{unix}" Enters="{enters}" Exits="{exits}" Passings="{passings}" Returns="{returns}"
            Status="0" />
            """;
    private static final String OBJECT_END = "</Object>\n";
    private static final String DAY_END = "</Report>\n";
    private static final String DATA_END = "</ReportData>\n";

    private enum Slot {
        DEVICE,
        NUMBER,
        TRANSMIT,
        MAC,
        ADDRESS,
        SERIAL,
        INTERVAL,
        DATE,
        TYPE,
        START,
        END,
        UNIX,
        ENTERS,
        EXITS,
        PASSINGS,
        RETURNS
    }

    /** Text, and what comes behind it; null: nothing. */
    private static final class Piece {
        private final byte[] text;
        private final Slot slot;

        Piece(String text, Slot slot) {
            this.text = text.getBytes(StandardCharsets.US_ASCII);
            this.slot = slot;
        }
    }

    private final Map<FleetPost.Kind, Piece[]> properties = new EnumMap<>(FleetPost.Kind.class);
    private final Map<FleetPost.Kind, Piece[]> ends = new EnumMap<>(FleetPost.Kind.class);
    private final Piece[] data = pieces(DATA);
    private final Piece[] day = pieces(DAY);
    private final Piece[] object = pieces(OBJECT);
    private final Piece[] count = pieces(COUNT);
    private final Piece[] objectEnd = pieces(OBJECT_END);
    private final Piece[] dayEnd = pieces(DAY_END);
    private final Piece[] dataEnd = pieces(DATA_END);

    private final CameraNames names;
    private final int intervalSec;
    private final WindowTexts windows;

    private TextBuffer out;
    private FleetPost post;
    private WindowText window;
    private int type;
    private int people;

    PostTemplate(CameraNames names, int intervalSec) {
        this.names = names;
        this.intervalSec = intervalSec;
        this.windows = new WindowTexts(intervalSec);
        for (FleetPost.Kind kind : FleetPost.Kind.values()) {
            properties.put(kind, pieces(PROPERTIES.replace("{root}", kind.root())));
            ends.put(kind, pieces("</" + kind.root() + ">\n"));
        }
    }

    private static Piece[] pieces(String template) {
        List<Piece> pieces = new ArrayList<>();
        Matcher slots = SLOT.matcher(template);
        int from = 0;
        while (slots.find()) {
            Slot slot = Slot.valueOf(slots.group(1).toUpperCase(Locale.ROOT));
            pieces.add(new Piece(template.substring(from, slots.start()), slot));
            from = slots.end();
        }
        pieces.add(new Piece(template.substring(from), null));
        return pieces.toArray(Piece[]::new);
    }

    /** Writes the post's document behind what stands there. */
    void write(FleetPost fleetPost, TextBuffer to) {
        out = to;
        post = fleetPost;
        write(properties.get(post.kind()));
        if (post.kind() != FleetPost.Kind.DIAGS) {
            write(data);
            for (int first = 0; first < post.windows(); ) {
                first = writeDay(first);
            }
            write(dataEnd);
        }
        write(ends.get(post.kind()));
    }

    /** Writes windows of one local day; returns the first one of the next. */
    private int writeDay(int first) {
        window = windowText(first);
        byte[] date = window.date();
        int end = first + 1;
        while (end < post.windows() && Arrays.equals(windowText(end).date(), date)) {
            end++;
        }
        write(day);
        for (type = 0; type < Counting.TYPES; type++) {
            writeObject(first, end);
        }
        write(dayEnd);
        return end;
    }

    private void writeObject(int first, int end) {
        write(object);
        for (int i = first; i < end; i++) {
            window = windowText(i);
            people = post.people(i);
            write(count);
        }
        write(objectEnd);
    }

    private WindowText windowText(int index) {
        return windows.of(post.startSec() + (long) index * intervalSec);
    }

    private void write(Piece[] pieces) {
        for (Piece piece : pieces) {
            out.text(piece.text);
            if (piece.slot != null) {
                fill(piece.slot);
            }
        }
    }

    private void fill(Slot slot) {
        switch (slot) {
            case DEVICE -> names.writeDeviceId(out, post.camera());
            case NUMBER -> names.writeNumber(out, post.camera());
            case TRANSMIT -> out.digits(post.transmitSec(), EPOCH_DIGITS);
            case MAC -> names.writeMac(out, post.camera());
            case ADDRESS -> names.writeIpAddress(out, post.camera());
            case SERIAL -> names.writeSerialNumber(out, post.camera());
            case INTERVAL -> out.number(intervalSec / 60);
            case DATE -> out.text(window.date());
            case TYPE -> out.number(type);
            case START -> out.text(window.start());
            case END -> out.text(window.end());
            case UNIX -> out.digits(window.startSec(), EPOCH_DIGITS);
            case ENTERS -> out.number(Counting.enters(type, people));
            case EXITS -> out.number(Counting.exits(type, people));
            case PASSINGS -> out.number(Counting.passings(type, people));
            case RETURNS -> out.number(Counting.returns(type, people));
        }
    }
}
