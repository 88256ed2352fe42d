package io.headcount.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException.BadValue;
import com.typesafe.config.ConfigException.Missing;
import com.typesafe.config.ConfigException.WrongType;
import com.typesafe.config.ConfigMemorySize;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Typed access to resolved settings; every mistake becomes an {@link InvalidSetting} with the key. */
final class Settings {
    private final Config config;

    Settings(Config config) {
        this.config = config;
    }

    String text(String key) {
        return read(key, "a text", config::getString);
    }

    Path path(String key) {
        try {
            return Path.of(text(key));
        } catch (InvalidPathException unspeakable) {
            throw new InvalidSetting(key, "no path of this system", "a path");
        }
    }

    /** A path, or none where the text is empty. */
    Optional<Path> optionalPath(String key) {
        return text(key).isBlank() ? Optional.empty() : Optional.of(path(key));
    }

    List<AddressRange> addressRanges(String key) {
        return AddressRange.parse(key, texts(key));
    }

    boolean flag(String key) {
        return read(key, "true or false", config::getBoolean);
    }

    List<String> texts(String key) {
        return read(key, "a list of texts, [\"/a\", \"/b\"]", config::getStringList);
    }

    int integer(String key) {
        String expected = "a whole number";
        double value = read(key, expected, config::getDouble);
        if (value != Math.rint(value)) {
            throw new InvalidSetting(key, value, expected);
        }
        return toInt(key, read(key, expected, config::getLong));
    }

    int sizeBytes(String key) {
        return toInt(key, longSizeBytes(key));
    }

    long longSizeBytes(String key) {
        ConfigMemorySize size = read(key, "a size with its unit, as in 64 KiB", config::getMemorySize);
        try {
            return size.toBytesBigInteger().longValueExact();
        } catch (ArithmeticException tooLarge) {
            throw new InvalidSetting(key, size.toBytesBigInteger(), "a size below 8 EiB");
        }
    }

    long durationMs(String key) {
        String expected = "a time with its unit, as in 10 s";
        String text = read(key, expected, config::getString).strip();
        // the library would take a bare number for milliseconds
        if (!text.equals("0") && Character.isDigit(text.isEmpty() ? '0' : text.charAt(text.length() - 1))) {
            throw new InvalidSetting(key, text, expected);
        }
        return read(key, expected, config::getDuration).toMillis();
    }

    <E extends Enum<E>> E choice(String key, Class<E> type) {
        String text = text(key);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text.toLowerCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new InvalidSetting(key, text, choices(type));
    }

    private static <E extends Enum<E>> String choices(Class<E> type) {
        StringBuilder names = new StringBuilder();
        for (E constant : type.getEnumConstants()) {
            names.append(names.isEmpty() ? "" : " or ").append(constant.name().toLowerCase(Locale.ROOT));
        }
        return names.toString();
    }

    private <T> T read(String key, String expected, Function<String, T> getter) {
        try {
            return getter.apply(key);
        } catch (WrongType | BadValue mistake) {
            throw new InvalidSetting(key, config.getValue(key).unwrapped(), expected);
        } catch (Missing setToNull) {
            throw new InvalidSetting(key, "null", expected);
        }
    }

    private static int toInt(String key, long value) {
        if (value != (int) value) {
            throw new InvalidSetting(key, value, "a number below 2^31");
        }
        return (int) value;
    }
}
