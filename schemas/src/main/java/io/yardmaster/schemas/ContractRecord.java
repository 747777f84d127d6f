package io.yardmaster.schemas;

import org.apache.avro.specific.SpecificRecordBase;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * A record of the contract, which Avro generates. A builder that fills in a default has Avro find the classes in it by their names,
 * and Avro takes only classes that somebody trusts: those of the contract are trusted in every process that uses one of its records,
 * without a system property.
 */
public abstract class ContractRecord extends SpecificRecordBase {
    private static final long serialVersionUID = 1L;

    static {
        String contract = ContractRecord.class.getPackageName();
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), type -> type.getPackageName()
                        .equals(contract)));
    }
}
