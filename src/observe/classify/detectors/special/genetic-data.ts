import { hasAbove, hasBeside, isAboutFields, isDescription, meaningOf } from "../../around.ts";
import type { Surroundings } from "../../fields.ts";
import { isStandIn, saysSomething } from "../../said.ts";
import type { Detector } from "../detector.ts";

/** Genes, variants and what they were found to be: HGVS and dbSNP numbers by their shape, the rest by its name beside others of the kind. */
export const geneticData: Detector = {
  class: "genetic_data",
  over: ["free_text", "person_name"],
  inText: false,
  isNamed,
  detect: ({ text, type, near }, surroundings) => {
    if (type !== "string" || text.length > MAX_LENGTH || isStandIn(text) || isAboutFields(surroundings)) return undefined;
    const name = meaningOf(surroundings);
    if (HGVS.test(text) || (SHORT_HGVS.test(text) && (CHANGE.test(name) || isNamed(surroundings))))
      return { confidence: 0.95, cues: ["shape"] };
    if (SNP.test(text) && (SNP_NAME.test(name) || hasBeside(surroundings, OF_A_VARIANT))) return { confidence: 0.95, cues: ["shape"] };
    if (STRONG.test(name)) return said(text, name) && !near.isLabels() && !isDescription(near) ? { confidence: 0.92 } : undefined;
    if (!isVariantField(name, surroundings)) return undefined;
    if (/^(?:gene|hgnc)\b/.test(name) && !GENE.test(text)) return undefined;
    return /^[\w*/|<>+.:; -]+$/.test(text) && !/^\d+$/.test(text) ? { confidence: 0.9, cues: ["beside"] } : undefined;
  },
};

function said(text: string, name: string): boolean {
  return saysSomething(text, name) || /^[\dACGT*./|]{1,20}$/.test(text);
}

/** `gene` and its like mean somebody's genes where a variant stands beside them. */
function isVariantField(name: string, surroundings: Surroundings): boolean {
  return (
    OF_A_GENE.test(name) &&
    (hasBeside(surroundings, OF_A_VARIANT) ||
      hasAbove(surroundings, /\b(?:genetic|genetic test|genomic|genotype|dna|haplogroup|variant)\b/, 2))
  );
}

function isNamed(surroundings: Surroundings): boolean {
  const name = meaningOf(surroundings);
  return (
    (STRONG.test(name) || CHANGE.test(name) || SNP_NAME.test(name) || isVariantField(name, surroundings)) && !isAboutFields(surroundings)
  );
}

const MAX_LENGTH = 500;
/** Reference sequence, kind, and a change (https://hgvs-nomenclature.org). */
const HGVS = /^(?:N[CGMPRTW]_\d+(?:\.\d+)?|ENS[TPG]\d+(?:\.\d+)?|LRG_\d+\w*)(?:\([\w-]+\))?:[cgmnpr]\.\S+$/;
const SHORT_HGVS = /^(?:[A-Z][A-Z0-9]{1,9}:)?(?:c\.[-*]?\d+\S*|p\.\(?[A-Z][a-z]{2}\d+\S*|g\.\d+\S*|m\.\d+\S*)$/;
/** Symbols of the HGNC. */
const GENE = /^[A-Z][A-Z0-9-]{1,11}(?:orf\d{1,3})?(?:[/;, ]+[A-Z][A-Z0-9-]{1,11})*$/;
const SNP = /^rs\d{2,12}$/i;
const STRONG =
  /\b(?:genotype|haplotype|haplogroup|karyotype|zygosity|diplotype|hgvs?|brca ?[12]?|genetic (?:marker|mutation|variant|risk|result|data|condition)|gene mutation|dna (?:sequence|profile|marker|result)|hla type|genotyp|genotipo|genetische (?:daten|veranlagung)|carrier status)\b/;
const CHANGE =
  /\b(?:hgvs?|cdna(?: change)?|c dna(?: change)?|protein change|amino acid change|nucleotide change|coding change|variant|mutation|hgvsc|hgvsp|change)\b/;
const SNP_NAME = /\b(?:rsid|rs id|rs number|snp|snp id|db ?snp|dbsnp id|variant id|rs)\b/;
const OF_A_GENE =
  /^(?:gene|gene symbol|gene name|hgnc symbol|allele|allele ?[12]|ref allele|alt allele|phenotype|star allele|chromosome position|maternal|paternal|y dna|mt dna)$/;
const OF_A_VARIANT =
  /\b(?:hgvs?|hgvsc|hgvsp|rsid|rs id|dbsnp|db snp|snp|genotype|zygosity|allele|variant|mutation|cdna change|protein change|diplotype|haplotype)\b/;
