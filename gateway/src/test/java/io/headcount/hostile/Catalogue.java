package io.headcount.hostile;

import java.util.List;
import java.util.stream.Stream;

/** All inputs. */
final class Catalogue {
    private Catalogue() {}

    static List<Case> cases() {
        return Stream.of(
                        GroupA.cases(),
                        GroupB.cases(),
                        GroupC.cases(),
                        GroupD.cases(),
                        GroupE.cases(),
                        GroupF.cases(),
                        GroupG.cases(),
                        GroupH.cases(),
                        GroupS.cases())
                .flatMap(cases -> cases)
                .toList();
    }
}
