/** What people are in somebody's phone. */
import { EAST_ASIAN_TRADES } from './east-asian-words.ts';

/** Trades and roles that are hardly anybody's name. */
export const ROLES: ReadonlySet<string> = new Set([
  ...EAST_ASIAN_TRADES,
  ...`zahnarzt zahnarztin zahnaerztin hausarzt hausarztin hausaerztin kinderarzt kinderarztin tierarzt tierarztin frauenarzt
  frauenarztin augenarzt hautarzt praxis zahnarztpraxis kanzlei sekretariat hausmeister hausmeisterin hausverwaltung
  klempner elektriker installateur handwerker mechaniker werkstatt friseur friseurin frisor frisorin babysitter
  tagesmutter putzfrau putzhilfe nachhilfe fahrschule vermieter vermieterin nachbar nachbarin makler maklerin
  steuerberater steuerberaterin anwalt anwaltin rechtsanwalt rechtsanwaltin physio physiotherapie apotheke apotheker
  lehrer lehrerin klassenlehrer klassenlehrerin chef chefin kollege kollegin hebamme schornsteinfeger
  plumber electrician dentist vet handyman landlord landlady neighbor neighbour nanny mechanic hairdresser cleaner
  dogwalker realtor accountant lawyer attorney teacher tutor coworker colleague pharmacy pharmacist roofer locksmith
  plombier electricien dentiste medecin garagiste coiffeur coiffeuse nounou voisin voisine proprietaire avocat avocate
  idraulico elettricista dentista meccanico parrucchiere parrucchiera vicino vicina commercialista pediatra
  fontanero electricista mecanico peluquera peluquero vecino vecina cerrajero
  encanador pedreiro eletricista vizinho vizinha diarista cabeleireiro cabeleireira
  loodgieter tandarts huisarts elektricien buurman buurvrouw oppas
  hydraulik elektryk dentysta stomatolog lekarz mechanik fryzjer fryzjerka sasiad sasiadka niania
  tesisatci elektrikci disci berber komsu santekhnik elektrik vrach sosed sosedka
  headteacher headmaster headmistress churchwarden vicar curate childminder builder decorator plasterer solicitor
  beautician trainer midwife optician flatmate housemate roommate classmate taxi gym yoga pilates zumba crossfit
  receptionist caretaker kita kindergarten schule fitness erzieherin erzieher trainerin azubi logopaedie logopaedin
  kinderfrau mairie tresoriere tresorier secretaire kine infirmiere infirmier entraineur jardinier serrurier couvreur
  macon chorale peluqueria panaderia gimnasio colegio profe profesor profesora jefe jefa albanil entrenador
  entrenadora guarderia ninera casero casera abogado abogada rappresentante segretaria segretario pulizie corriere
  farmacia palestra scuola allenatore allenatrice maestra badante notaio estetista muratore imbianchino giardiniere
  falegname carrozziere carrozzeria escola academia manicure huisbaas huisgenoot kapper fysio pomocnik hurtownia gaz
  kominiarz koparka plytki spawacz wychowawczyni wychowawca ksiegowa ksiegowy sklep szkola przedszkole proboszcz
  weterynarz kosmetyczka trenerka trener lekarka pielegniarka opiekunka murarz dekarz okul kuafor spor emlakci
  manikyur nogti sadik plomero gasfiter contador contadora veterinario veterinaria psicologa psicologo ginecologo ginecologa chofer carpintero
  chaveiro marceneiro faxineira sindico porteiro advogado advogada professora fisioterapeuta borracheiro
  rormokare rorlegger tandlakare tannlege tandlaege hantverkare snickare barnvakt lakare hammaslaakari putkimies sahkomies kampaaja
  ydravlikos ilektrologos odontiatros giatros logistis dikigoros kapici muhasebeci avukat eczane nakliyeci
  uchitel uchitelnica advokat slesar manikyurshcha driver dhobi watchman welder fundi vulcanizer sadik shkola rabota taksi podruga fitnes logoped avtoservis nyanya remont parikmakher masjid tuition
  vizszerelo fogorvos fodrasz villanyszerelo konyvelo autoszerelo bebiszitter allatorvos festo ugyved masszor haziorvos
  szomszed takarito vodoinstalater zubar zubarka frizerka frizer elektricar majstor knjigovodja dadilja veterinar moler
  kozmeticarka komsija komsinica doktorka stolar keramicar automehanicar taksista instalater kadernice kadernik elektrikar
  ucetni automechanik hlidani soused sousedka uklizecka opravar instalator frizer coafeza contabil mecanic vecin vecina
  zugrav sopir supir ojek gojek bengkel salon notaris laundry katering kharbayi mahasab sayak barkakar arayshagar
  dandanbazshak makanik hamsaya`
    .trim()
    .split(/\s+/),
]);
